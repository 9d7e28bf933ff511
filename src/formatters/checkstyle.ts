import { attributes } from './xml.ts';
import { disarmBrackets } from './escape.ts';
import { remarksOf } from './remarks.ts';
import { locate, type Report } from './report.ts';

/** The XML of Checkstyle, https://checkstyle.org, that many review tools read. */
export function formatCheckstyle(report: Report): string {
  const files = new Map<string, string[]>();
  const add = (file: string, error: string): void => {
    const errors = files.get(file);
    if (errors) errors.push(error);
    else files.set(file, [error]);
  };
  for (const { place, severity, message, rule } of report.findings) {
    const { file, start } = locate(place);
    add(file, errorElement({ line: start.line, column: start.column, severity, message, source: `proxylint.${rule}` }));
  }
  for (const { file, start, severity, lines, kind } of remarksOf(report)) {
    const at = { line: start?.line ?? 1, column: start?.column };
    add(file, errorElement({ ...at, severity, message: lines.join(' '), source: `proxylint.(${kind})` }));
  }
  const elements = [...files].flatMap(([file, errors]) => [
    `  <file${attributes({ name: file })}>`,
    ...errors.map((error) => `    ${error}`),
    '  </file>',
  ]);
  const head = '<?xml version="1.0" encoding="UTF-8"?>\n<checkstyle version="4.3">\n';
  return `${head}${disarmBrackets(elements.map((line) => `${line}\n`).join(''))}</checkstyle>\n`;
}

function errorElement(values: Readonly<Record<string, string | number | undefined>>): string {
  return `<error${attributes(values)}/>`;
}
