import type { Played } from '../types.ts';
import { everything, file, is, wrongHosts } from '../parts.ts';

const form = {
  login: { path: '/' },
  ask: { method: 'POST', path: '/', token: 'csrftoken', referer: '/' },
};

export const played: Played = {
  id: 'django',
  packages: 'python3-django gunicorn',
  isInCi: true,
  program: '/usr/bin/gunicorn',
  start(folder, port) {
    file(
      folder,
      'app.py',
      `from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.urls import path
settings.configure(SECRET_KEY='x', ALLOWED_HOSTS=['app.example'], ROOT_URLCONF='app', SECURE_SSL_REDIRECT=True, SECURE_PROXY_SSL_HEADER=('HTTP_X_FORWARDED_PROTO', 'https'),
  MIDDLEWARE=['django.middleware.security.SecurityMiddleware', 'django.middleware.common.CommonMiddleware', 'django.middleware.csrf.CsrfViewMiddleware'])
def page(request):
  get_token(request)
  return HttpResponse('ok')
urlpatterns = [path('', page)]
application = get_wsgi_application()
`,
    );
    return { command: ['/usr/bin/gunicorn', '-b', `127.0.0.1:${port}`, '--chdir', folder, 'app:application'] };
  },
  ready: '/',
  good: everything,
  broken: [
    ...wrongHosts({ ...form, symptom: is(403) }, ['port lost']),
    ...wrongHosts({ ask: { path: '/' }, symptom: is(400) }, ['nginx', 'apache']),
    {
      name: 'no scheme',
      parts: { ...everything, scheme: false },
      ask: { path: '/' },
      symptom: is(301),
      rule: 'missing-forwarded-proto',
    },
  ],
};
