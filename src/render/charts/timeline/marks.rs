//! A drawing of a timeline as SVG. Colours and type are the style sheet's; what all marks of a kind share stands once,
//! on their group, since there are thousands of pages with hundreds of marks each.
//!
//! This is written here and not by a template: nothing in it can be moved or left out without working out every place
//! anew.

use crate::render::{
    charts::{
        push_percent, push_rounded,
        timeline::view::{Band, Flag, Geometry, Lane, Point, TickView},
    },
    markdown::push_escaped,
    view::Clock,
};

/// The sign of a break in the band, and in the axis.
const BAND_BREAK: &str = r#"<path class="gap" d="M-6-3l4 8-5 8 5 8-4 8h8l4-8-5-8 5-8-4-8z"/><path class="edge" d="M-6-3l4 8-5 8 5 8-4 8M2-3l4 8-5 8 5 8-4 8"/>"#;
const AXIS_BREAK: &str =
    r#"<path class="gap" d="M-5-5h8l-3 10h-8z"/><path class="edge" d="M-2-5l-3 10M4-5l-3 10"/>"#;

/// Everything in a drawing: what only eyes need, and then the events, which are links.
pub(super) fn svg(drawing: &Geometry) -> String {
    let mut svg = Svg(String::with_capacity(2048 + drawing.points.len() * 512));
    svg.raw("<g aria-hidden=\"true\">");
    svg.group("grid", &drawing.ticks, |svg, tick| svg.line((tick.x, drawing.band), (tick.x, drawing.axis)));
    svg.group("leader", &drawing.flags, |svg, flag| svg.line((flag.x, flag.y + 4.0), (flag.x, drawing.band)));
    for flag in &drawing.flags {
        svg.flag(flag);
    }
    for phase in &drawing.phases {
        svg.phase(phase, drawing);
    }
    if drawing.phases.is_empty() {
        svg.band("none", 0.0, 1.0, drawing);
    }
    for gap in &drawing.breaks {
        svg.gap(*gap, drawing.band, BAND_BREAK);
    }
    for lane in &drawing.lanes {
        svg.lane(lane);
    }
    svg.raw("\n<g class=\"axis\">");
    svg.line((0.0, drawing.axis), (1.0, drawing.axis));
    svg.raw("</g>");
    for gap in &drawing.breaks {
        svg.gap(*gap, drawing.axis, AXIS_BREAK);
    }
    svg.group("ticks", &drawing.ticks, |svg, tick| svg.tick(tick, drawing));
    for point in &drawing.points {
        if let Some(width) = point.range {
            svg.raw("\n<rect class=\"range\"");
            svg.place("x", point.at);
            svg.pixels("y", point.from);
            svg.place("width", width);
            svg.raw(" height=\"4\"/>");
        }
    }
    svg.group("leader", &drawing.points, |svg, point| {
        svg.line((point.at, point.from), (point.x, point.y));
    });
    svg.raw("</g>");
    for point in &drawing.points {
        svg.point(point);
    }
    svg.0
}

/// SVG in the making. Places across are shares of the width, those down are pixels.
struct Svg(String);

impl Svg {
    fn raw(&mut self, text: &str) {
        self.0.push_str(text);
    }

    fn text(&mut self, text: &str) {
        push_escaped(&mut self.0, text);
    }

    fn attribute(&mut self, name: &str, value: &str) {
        for part in [" ", name, "=\"", value, "\""] {
            self.raw(part);
        }
    }

    fn place(&mut self, name: &str, share: f64) {
        for part in [" ", name, "=\""] {
            self.raw(part);
        }
        push_percent(&mut self.0, share);
        self.raw("\"");
    }

    fn pixels(&mut self, name: &str, value: f64) {
        for part in [" ", name, "=\""] {
            self.raw(part);
        }
        push_rounded(&mut self.0, value);
        self.raw("\"");
    }

    /// The side on which the text stands, unless it is the usual one.
    fn anchor(&mut self, anchor: &str, usual: &str) {
        if anchor != usual {
            self.attribute("text-anchor", anchor);
        }
    }

    /// A group with a mark for each, none when there are none.
    fn group<T>(&mut self, class: &str, of: &[T], mark: impl Fn(&mut Self, &T)) {
        if of.is_empty() {
            return;
        }
        self.raw("\n<g");
        self.attribute("class", class);
        self.raw(">");
        for one in of {
            mark(self, one);
        }
        self.raw("</g>");
    }

    fn line(&mut self, from: (f64, f64), to: (f64, f64)) {
        self.raw("<line");
        self.place("x1", from.0);
        self.place("x2", to.0);
        self.pixels("y1", from.1);
        self.pixels("y2", to.1);
        self.raw("/>");
    }

    /// A time that a reader can have in another zone.
    fn clock(&mut self, time: &Clock) {
        self.raw("<tspan");
        self.moment("data-clock", &time.iso);
        self.moment("data-until", &time.until);
        self.raw(">");
        self.text(&time.text);
        self.raw("</tspan>");
    }

    fn moment(&mut self, name: &str, iso: &str) {
        if !iso.is_empty() {
            self.attribute(name, iso);
        }
    }

    fn flag(&mut self, flag: &Flag) {
        self.raw("\n<text class=\"flag\"");
        self.place("x", flag.x);
        self.pixels("y", flag.y);
        self.anchor(flag.anchor, "start");
        self.raw("><tspan class=\"strong\">");
        self.text(&flag.name);
        self.raw("</tspan> ");
        self.clock(&flag.time);
        self.raw("</text>");
    }

    fn phase(&mut self, phase: &Band, drawing: &Geometry) {
        self.band(phase.class, phase.x, phase.width, drawing);
        if phase.text.is_empty() {
            return;
        }
        self.raw("\n<text class=\"phase-text phase-");
        self.raw(phase.class);
        self.raw("\"");
        self.place("x", phase.text_x);
        self.pixels("y", drawing.band + 17.0);
        self.raw(">");
        self.text(&phase.text);
        self.raw("</text>");
    }

    fn band(&mut self, class: &str, from: f64, width: f64, drawing: &Geometry) {
        self.raw("\n<rect class=\"phase phase-");
        self.raw(class);
        self.raw("\"");
        self.place("x", from);
        self.pixels("y", drawing.band);
        self.place("width", width);
        self.pixels("height", drawing.band_height);
        self.raw("/>");
    }

    fn gap(&mut self, at: f64, top: f64, sign: &str) {
        self.raw("\n<svg class=\"break\"");
        self.place("x", at);
        self.pixels("y", top);
        self.raw(" width=\"1\" height=\"1\">");
        self.raw(sign);
        self.raw("</svg>");
    }

    fn lane(&mut self, lane: &Lane) {
        self.raw("\n<text");
        self.place("x", lane.text_x);
        self.pixels("y", lane.text_y);
        self.anchor(lane.anchor, "start");
        self.raw(">");
        self.text(&lane.text);
        self.raw("\u{a0} ");
        self.clock(&lane.time);
        self.text(&lane.no_end);
        self.raw("</text>");
        self.raw("<rect class=\"lane");
        self.raw(if lane.is_open { " is-open\"" } else { "\"" });
        self.place("x", lane.x);
        self.pixels("y", lane.y);
        self.place("width", lane.width);
        self.raw(" height=\"5\"/>");
    }

    /// The time of day and the day of a mark of the axis. Either may be empty: in another zone it need not be.
    fn tick(&mut self, tick: &TickView, drawing: &Geometry) {
        self.raw("<g");
        self.moment("data-tick", &tick.iso);
        self.raw(">");
        for (class, text, down) in [("", &tick.clock, drawing.clocks), ("date", &tick.date, drawing.dates)] {
            if text.is_empty() && tick.iso.is_empty() {
                continue;
            }
            self.raw("<text");
            if !class.is_empty() {
                self.attribute("class", class);
            }
            self.place("x", tick.x);
            self.pixels("y", down);
            self.anchor(tick.anchor, "middle");
            self.raw(">");
            self.text(text);
            self.raw("</text>");
        }
        self.raw("</g>");
    }

    fn point(&mut self, point: &Point) {
        let element = if point.anchor.is_empty() { "g" } else { "a" };
        self.raw("\n<");
        self.raw(element);
        self.raw(" class=\"event");
        for (is_so, class) in [
            (point.is_approximate, " is-approximate"),
            (point.is_milestone, " is-milestone"),
            (point.is_several, " is-several"),
        ] {
            if is_so {
                self.raw(class);
            }
        }
        self.raw("\"");
        if !point.anchor.is_empty() {
            self.raw(" href=\"#");
            self.text(&point.anchor);
            self.raw("\"");
            self.moment("data-clock", &point.iso);
        }
        self.raw("><title>");
        self.text(&point.name);
        self.raw("</title>");
        self.circle("target", point, "12");
        self.circle("dot", point, if point.label.is_some() { "5" } else { "10" });
        self.raw("<text class=\"");
        self.raw(if point.label.is_some() { "label\"" } else { "number\"" });
        self.place("x", point.x);
        self.pixels("y", point.y + 4.0);
        match &point.label {
            None => {
                self.raw(">");
                self.raw(&point.number.to_string());
            }
            Some(label) => {
                self.raw(if label.is_left { " dx=\"-12\" text-anchor=\"end\"" } else { " dx=\"12\"" });
                self.raw("><tspan class=\"strong\"");
                self.moment("data-clock", &point.iso);
                self.raw(">");
                self.text(&label.time);
                self.raw("</tspan> ");
                self.text(&label.text);
            }
        }
        self.raw("</text></");
        self.raw(element);
        self.raw(">");
    }

    fn circle(&mut self, class: &str, point: &Point, radius: &str) {
        self.raw("<circle");
        self.attribute("class", class);
        self.place("cx", point.x);
        self.pixels("cy", point.y);
        self.attribute("r", radius);
        self.raw("/>");
    }
}
