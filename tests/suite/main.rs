//! The one integration binary: one link, one run, and a place for everything that no single module can test.
#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stderr,
    clippy::unwrap_used,
    unreachable_pub,
    reason = "tests touch files and processes, a broken expectation ends a test, and nobody links to a test binary"
)]

// Workspaces in temporary folders, the binary, golden files. No assertions about Afterword itself.
mod support;

// What a built page points at. Only a helper of `sites`.
mod links;
mod locales;

// The architecture: layers, heads and lengths of files, registries. Reads source, calls nothing.
mod tidy;

// Every text is a document: mutated, cut, and made up ones.
mod properties;

// Incidents that nobody wrote, in every layout, and what is read of them.
mod layouts;

// Archives that change in every way there is, read again and read anew.
mod again;
mod kept;

// Commands that go on until they are stopped.
#[cfg(unix)]
mod watching;

// The program as people call it: exit statuses, streams, what each command leaves behind.
mod cli;

mod actions;

// `afterword actions set`: documents changed in place, and what holds for every layout.
mod amend;

// `afterword adopt`: files, diffs that git applies, and what holds for every document.
mod adopt;

// `afterword check --fix` and `--diff`: files, and what holds for every document.
mod fix;

// Eighteen months of a team that follows up: a history in real git, and what the digest, the ledger and the gate say.
mod follow_up;

// Findings that are accepted as they stand, from the first check to the last one fixed.
mod baseline;

// One site from several folders and checkouts, each with a history of its own.
mod sources;

// `check --since`, in repositories of real git.
mod since;

// What makes forges, hooks and reviewers run the program, against their schemas and against the program.
mod wiring;

// The script of the action, run as a runner of GitHub does, on a repository with a base and a change, against a
// server that keeps comments.
mod pull_request;

// A team that begins: everything that it reads, from old documents to a change that is reviewed.
mod newcomer;

// Findings as other programs read them, held against their schemas.
mod formats;

// The comment on a pull request, and what reads it as forges do.
mod comment;
mod inert;

// The schemas, and what they are worth. No assertions about Afterword itself.
mod schemas;

// Whole sites, built: the demonstration archive, and small ones in which something is wrong.
mod sites;

// The colours of the built-in theme.
mod colours;

// What is private stays private: in the site, the index and the exports for everybody.
mod audience;

// Themes, and what a site changes about one.
mod themes;

// The words of the interface, in all languages, against who says them.
mod words;

// README.md against the program.
mod readme;

// The other documents of the project against the code.
mod docs;

// The made-up archive of the benchmarks.
mod generated;

// What belongs together: in the demonstration archive, and among planted repeats.
mod kin;

// Search indexes for the tests of the reader scripts, and bounds on them.
mod search;
