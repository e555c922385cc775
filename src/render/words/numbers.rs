//! Numbers and durations.

use crate::render::words::Words;

impl Words {
    /// A whole number, its digits in groups of three.
    pub fn whole(&self, n: usize) -> String {
        self.grouped(&n.to_string())
    }

    /// A number with one decimal at the most, below nought with the sign of typography: `−43.2`.
    pub fn decimal(&self, number: f64) -> String {
        let text = format!("{:.1}", number.abs());
        let sign = if number < 0.0 && text != "0.0" { "\u{2212}" } else { "" };
        match text.split_once('.') {
            Some((whole, "0")) => format!("{sign}{}", self.grouped(whole)),
            Some((whole, tenth)) => {
                format!("{sign}{}{}{tenth}", self.grouped(whole), self.say("number.decimal"))
            }
            None => text,
        }
    }

    /// A number with all its decimals: `99.95`.
    pub fn exact(&self, number: f64) -> String {
        number.to_string().replace('.', self.say("number.decimal"))
    }

    /// A number as documents write it, its digits in groups: `12_400` → `12 400`. Any other text stays as it is.
    pub fn number(&self, written: &str) -> String {
        let digits: String = written.chars().filter(|letter| *letter != '_').collect();
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return written.to_owned();
        }
        self.grouped(&digits)
    }

    fn grouped(&self, digits: &str) -> String {
        if digits.len() < 4 {
            return digits.to_owned();
        }
        let mut grouped = String::with_capacity(digits.len() * 2);
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                grouped.push_str(self.say("number.group"));
            }
            grouped.push(digit);
        }
        grouped
    }

    /// `45 s`, `7 min`, `1 h 18 min`, `2 d 5 h`, from seconds, as [`crate::words::duration`] has it in English.
    pub fn duration(&self, seconds: i64) -> String {
        let one = |key: &str, n: i64| self.count(key, usize::try_from(n).unwrap_or_default(), &[]);
        let two = |large: &str, n: i64, small: &str, rest: i64| {
            if rest == 0 {
                return one(large, n);
            }
            self.fill("duration.two", &[("large", &one(large, n)), ("small", &one(small, rest))])
        };
        let (minutes, hours, days) = (seconds / 60, seconds / 3_600, seconds / 86_400);
        match seconds {
            ..60 => one("duration.seconds", seconds),
            60..3_600 => one("duration.minutes", minutes),
            3_600..86_400 => two("duration.hours", hours, "duration.minutes", minutes % 60),
            _ => two("duration.days", days, "duration.hours", hours % 24),
        }
    }
}
