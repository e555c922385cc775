//! The baseline of a check: which file it is, and writing it anew.

use std::path::PathBuf;

use crate::{
    check::{BASELINE, Baseline},
    cli::{
        Global, Io,
        check::Arguments,
        io,
        session::{Opened, Session},
    },
    config::Config,
    data::Spanned,
    error::{Error, Result},
    load::{self, Root},
    report::visible,
    source::Span,
    words::Count,
    write,
};

/// Opens the archive with the baseline that the command line means, and writes that anew when it is asked for.
pub(super) fn open(
    root: Root,
    workspace: Opened<'_>,
    arguments: &Arguments,
    global: &Global,
    io: &mut Io<'_>,
) -> Result<Session> {
    let given = arguments.baseline.as_ref().map(|file| io.current.join(file).display().to_string());
    if let Some(file) = given.as_ref().filter(|_| !arguments.update_baseline)
        && load::baseline(&root, file)?.is_none()
    {
        return Err(Error::new(format!("the baseline `{}` is not there", visible(file)))
            .help("`--update-baseline` writes it"));
    }
    let mut named = None;
    let choose = |config: &mut Config| {
        named = config.check.baseline.take();
        let chosen = given.clone().map(|file| Spanned::new(file, Span::default()));
        if !arguments.update_baseline {
            config.check.baseline = chosen.or_else(|| named.clone());
        }
    };
    let since = arguments.since.as_deref();
    let mut session = Session::open_in(workspace, root, choose, since, global, io)?;
    if arguments.update_baseline {
        let is_named = given.is_some() || named.is_some();
        let file = given.or_else(|| named.map(|name| name.value)).unwrap_or_else(|| BASELINE.to_owned());
        update(&mut session, &file, global, io)?;
        if !is_named && !global.quiet {
            let hint = format!(
                "for every check to use it, write `baseline = \"{BASELINE}\"` below `[check]` in book.toml"
            );
            io.err.line(&hint)?;
        }
    }
    Ok(session)
}

/// Accepts what was found, and says what that changes.
fn update(session: &mut Session, name: &str, global: &Global, io: &mut Io<'_>) -> Result<()> {
    let file: PathBuf = session.root.folder.join(name);
    let old = load::baseline(&session.root, name)?;
    let held = match old.as_ref().map(Baseline::parse) {
        None => Baseline::default(),
        Some(Ok(held)) => held,
        // One of another version, or with a conflict in it, is written anew; a file that never was one stays.
        Some(Err(_)) if old.as_ref().is_some_and(|old| old.text.contains("\"findings\"")) => {
            Baseline::default()
        }
        Some(Err(_)) => {
            return Err(Error::new(format!("`{}` is there and is not a baseline", visible(name)))
                .help("nothing was changed; name another file with `--baseline`"));
        }
    };
    let analysis = &mut session.analysis;
    let baseline = Baseline::of(&analysis.diagnostics, |path| analysis.sources.file(path));
    analysis.accepted = baseline.accept(&mut analysis.diagnostics, |path| analysis.sources.file(path));
    let text = baseline.to_json();
    match &old {
        None => write::create(&file, &text)?,
        Some(old) => write::replace(&file, &old.text, &text)?,
    }
    if global.quiet {
        return Ok(());
    }
    let word = io.err.paint("wrote", io::GOOD);
    let accepted = Count(baseline.len(), "finding");
    let change = match (baseline.more_than(&held), held.more_than(&baseline)) {
        (0, 0) => ", as before".to_owned(),
        _ if old.is_none() => String::new(),
        (new, fixed) => format!(": {new} new, {fixed} fixed and taken out"),
    };
    io.err.line(&format!("{word} {}, which accepts {accepted}{change}", visible(name)))
}

/// What to do about entries that are fixed, if there are any.
pub(super) fn fixed(session: &Session) -> Option<String> {
    let fixed = session.analysis.accepted.fixed();
    let (are, them) = if fixed == 1 { ("is", "it") } else { ("are", "them") };
    (fixed > 0).then(|| {
        format!(
            "{} in the baseline {are} fixed; `afterword check --update-baseline` takes {them} out",
            Count(fixed, "finding")
        )
    })
}
