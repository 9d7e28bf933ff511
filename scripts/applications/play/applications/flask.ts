import { everything, file, says, withoutScheme, wrongHosts } from '../parts.ts';
import type { Played } from '../types.ts';

const ask = { path: '/' };

export const played: Played = {
  id: 'flask',
  label: 'ProxyFix',
  packages: 'python3-flask gunicorn',
  isInCi: true,
  program: '/usr/lib/python3/dist-packages/flask/__init__.py',
  start(folder, port) {
    file(
      folder,
      'app.py',
      `from flask import Flask, request, url_for
from werkzeug.middleware.proxy_fix import ProxyFix
app = Flask(__name__)
app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1, x_host=0)
@app.route('/')
def page():
    return url_for('page', _external=True) + ' ' + request.remote_addr
`,
    );
    return {
      command: [
        '/usr/bin/python3',
        '-m',
        'gunicorn',
        '--forwarded-allow-ips=',
        '-b',
        `127.0.0.1:${port}`,
        '--chdir',
        folder,
        'app:app',
      ],
    };
  },
  ready: '/',
  good: everything,
  broken: [
    withoutScheme({ ask, symptom: says('http://') }),
    ...wrongHosts({ ask, symptom: ({ body }) => body.includes('//127.0.0.1') }, ['nginx']),
  ],
};
