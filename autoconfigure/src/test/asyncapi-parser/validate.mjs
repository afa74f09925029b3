// Prints what AsyncAPI's own parser says about a document: validate.mjs FILE
import { readFileSync } from "node:fs";
import { Parser } from "@asyncapi/parser";

const { document, diagnostics } = await new Parser().parse(readFileSync(process.argv[2], "utf8"));
const severities = ["error", "warning", "information", "hint"];
for (const { severity, path, message } of diagnostics) {
	console.log(`${severities[severity]} ${path.join("/")}: ${message}`);
}
console.log(`parsed ${document !== undefined}`);
process.exit(diagnostics.some(({ severity }) => severity === 0) ? 1 : 0);
