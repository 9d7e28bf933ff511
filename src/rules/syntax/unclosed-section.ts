import { isCutShort } from '../../syntax/excerpt.ts';
import type { ConfigFile, Directive } from '../../syntax/tree.ts';
import { walk } from '../../syntax/walk.ts';
import { ApacheSections, isConditional } from '../../servers/apache/meaning/section-kinds.ts';
import { lostLine } from '../_shared/lost-line.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'A section of Apache is not closed, or by a closing tag of another name',
    why: 'The server refuses the whole configuration; where it does not, everything up to the end of the file belongs to the section.',
    how: 'Write the closing tag where the section ends, with the name of its opening tag.',
    severity: 'error',
    confidence: 'high',
    fixable: 'safe',
    dialects: ['apache'],
    since: '0.1.0',
    set: 'recommended',
    references: [
      'https://httpd.apache.org/docs/2.4/sections.html',
      'https://httpd.apache.org/docs/2.4/configuring.html',
    ],
  },
  messages: {
    unclosed: 'The section "<{{name}}>" is never closed.',
    lost: 'This tag is not read: it is the last line of the file, has no line end, and stands right behind "Use {{macro}}"; the section counts as not closed.',
    mismatched: 'The section "<{{name}}>" is closed by "</{{found}}>".',
  },
  check: ({ config, targets, report }) => {
    const skipped = new Map<ConfigFile, ReadonlySet<number>>();

    /** The server looks for the end of a section that it skips, and does not miss that of one that it reads. */
    function isSkipped(start: number, file: ConfigFile): boolean {
      if (!skipped.has(file)) skipped.set(file, skippedSections(file, new ApacheSections(config, targets)));
      return skipped.get(file)!.has(start);
    }

    function checkLostTag(use: Directive): void {
      const line = lostLine(use);
      // Conditional sections end with the file.
      if (!line?.text.startsWith('</') || isConditional({ key: line.text.slice(2, -1).toLowerCase() })) return;
      const { file, end } = line.place;
      report({
        message: 'lost',
        at: line.place,
        data: { macro: use.args[0]?.value ?? '' },
        why: 'The line behind the use of a macro is read as a part of the macro, and one that nothing ends is lost at the end of the file.',
        how: 'End the last line of the file with a line end.',
        fix: { title: 'End the line', safety: 'safe', edits: [{ place: { file, start: end, end }, text: '\n' }] },
      });
    }

    return {
      directives: { use: checkLostTag },
      problem(problem, file) {
        const { code, start, end, name = '', found, related, tolerated } = problem;
        if (code !== 'unclosed-section' || isCutShort(file, problem)) return;
        const at = { file: file.source, start, end };
        const places = related
          ? [{ at: { file: file.source, ...related }, message: 'the server notices it here' }]
          : [];
        if (found !== undefined)
          report({ message: 'mismatched', at, data: { name, found }, related: places, unconditional: true });
        else {
          const isWarning = tolerated && !isSkipped(start, file);
          report({
            message: 'unclosed',
            at,
            data: { name },
            related: places,
            ...(isWarning && { severity: 'warning' }),
          });
        }
      },
    };
  },
});

/** Where the sections of a file begin that the server surely skips. */
function skippedSections(file: ConfigFile, sections: ApacheSections): ReadonlySet<number> {
  const starts = new Set<number>();
  walk(file.root, (directive) => {
    if (isConditional(directive) && sections.isRead(directive) === false) starts.add(directive.start);
  });
  return starts;
}
