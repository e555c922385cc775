//! Afterword turns a folder of Markdown postmortems into something a team learns from.
