//! Code blocks → spans with short classes, at build time.
