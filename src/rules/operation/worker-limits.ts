import { headerOf, type Directive } from '../../syntax/tree.ts';
import { childrenNamed } from '../../syntax/walk.ts';
import { countOf, processLimit, threadLimit } from './_process-limit.ts';
import { defineRule, type RuleContext } from '../define-rule.ts';

const messages = {
  few: '"worker_connections {{connections}}" may need {{needed}} open files, one more for each file or backend, but {{limit}}.',
  files:
    '"worker_connections {{connections}}" needs at least as many open files, but "worker_rlimit_nofile" allows {{files}}.',
  threads:
    '"{{text}}" needs {{needed}} processes of {{threads}} threads, but "ServerLimit" allows {{limit}}: Apache takes {{served}}.',
  perProcess: '"{{text}}" exceeds the {{limit}} threads that "ThreadLimit" allows{{reason}}; Apache takes {{limit}}.',
  servers: '"{{text}}" exceeds the {{limit}} processes that "ServerLimit" allows; Apache takes {{limit}}.',
} as const;

export default defineRule({
  meta: {
    summary: 'More connections or processes are asked for than another limit allows',
    why: 'The lower limit wins: connections are refused under load, long before the number in the configuration is reached.',
    how: {
      nginx: 'Set worker_rlimit_nofile to at least twice worker_connections.',
      apache:
        'Set ServerLimit (before it) as high as MaxRequestWorkers needs, and ThreadLimit as high as ThreadsPerChild.',
    },
    whenOff: 'Where the other limit is raised outside of the text, for instance by `LimitNOFILE` of systemd.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: ['events'], apache: ['maxrequestworkers', 'maxclients', 'threadsperchild'] },
    options: {
      filesPerConnection: {
        type: 'integer',
        minimum: 1,
        default: 1,
        description:
          'Open files that a connection of nginx may need; above 1 also an unset "worker_rlimit_nofile" is reported, by the usual limit of 1024.',
      },
    },
    pedanticOptions: { filesPerConnection: 2 },
    references: [
      'https://nginx.org/en/docs/ngx_core_module.html#worker_rlimit_nofile',
      'https://nginx.org/en/docs/ngx_core_module.html#worker_connections',
      'https://httpd.apache.org/docs/2.4/mod/mpm_common.html#serverlimit',
    ],
  },
  messages,
  check: {
    nginx: (context) => ({ start: () => checkNginx(context, context.options.filesPerConnection) }),
    apache({ config, report }) {
      const tell = (workers: Directive): void => {
        const found = processLimit(config, workers);
        if (!found) return;
        const { limit, allowed, threads } = found;
        const text = `${workers.name.value} ${countOf('apache', workers)}`;
        const related = limit ? [{ at: limit, message: 'the lower limit' }] : [];
        if (threads === 1) report({ message: 'servers', at: workers, data: { text, limit: allowed }, related });
        else {
          const needed = Math.floor(countOf('apache', workers) / threads);
          const data = { text, threads, needed, limit: allowed, served: allowed * threads };
          report({ message: 'threads', at: workers, data, related });
        }
      };
      const tellThreads = (threads: Directive): void => {
        const found = threadLimit(config, threads);
        if (!found) return;
        const { limit, allowed } = found;
        const text = `${threads.name.value} ${countOf('apache', threads)}`;
        const related = limit ? [{ at: limit, message: 'the lower limit' }] : [];
        const data = { text, limit: allowed, reason: limit ? '' : ' by default' };
        report({ message: 'perProcess', at: threads, data, related });
      };
      return { directives: { maxrequestworkers: tell, maxclients: tell, threadsperchild: tellThreads } };
    },
  },
});

type Context = Pick<RuleContext<typeof messages>, 'config' | 'report'>;

function checkNginx(context: Context, perConnection: number): void {
  const { root } = context.config.file;
  const files = childrenNamed(root, 'worker_rlimit_nofile').at(-1);
  const events = childrenNamed(root, 'events');
  const connections = events.flatMap(({ block }) => childrenNamed(block, 'worker_connections')).at(-1);
  if (files && connections && countOf('nginx', files) < countOf('nginx', connections)) {
    const data = { connections: countOf('nginx', connections), files: countOf('nginx', files) };
    const related = [{ at: files, message: 'the lower limit' }];
    context.report({ message: 'files', at: headerOf(connections), data, related });
  } else if (perConnection > 1 && events.length > 0) checkReserve(context, perConnection, [files, connections]);
}

function checkReserve(
  { report }: Context,
  perConnection: number,
  [files, connections]: readonly [Directive | undefined, Directive | undefined],
): void {
  const at = connections ?? files;
  const count = connections ? countOf('nginx', connections) : usualConnections;
  const allowed = files ? countOf('nginx', files) : usualFiles;
  if (!at || !(allowed < count * perConnection)) return;
  const limit = files
    ? `"worker_rlimit_nofile" allows ${allowed}`
    : `"worker_rlimit_nofile" is not set, and systems usually allow ${allowed}`;
  const data = { connections: count, needed: count * perConnection, limit };
  const related = files && connections ? [{ at: files, message: 'the limit' }] : [];
  report({ message: 'few', at, data, related, severity: 'info', confidence: files ? 'medium' : 'low' });
}

/** Of nginx, and of most systems for a process. */
const usualConnections = 512;
const usualFiles = 1024;
