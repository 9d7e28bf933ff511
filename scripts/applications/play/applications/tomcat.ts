import { everything, file, not, says } from '../parts.ts';
import type { Played } from '../types.ts';

const good = { ...everything, closed: ['/manager', '/host-manager'] };

export const played: Played = {
  id: 'tomcat',
  label: 'RemoteIpValve',
  packages: 'tomcat10 tomcat10-admin',
  isInCi: false,
  program: '/usr/share/tomcat10-admin/manager/index.jsp',
  start(folder, port) {
    const server = `<Server port="-1"><Service name="Catalina">
<Connector port="${port}" address="127.0.0.1" />
<Engine name="Catalina" defaultHost="localhost">
<Host name="localhost" appBase="webapps">
<Valve className="org.apache.catalina.valves.RemoteIpValve" protocolHeader="X-Forwarded-Proto" />
<Context path="/manager" docBase="/usr/share/tomcat10-admin/manager" privileged="true" />
</Host></Engine></Service></Server>
`;
    file(folder, 'conf/server.xml', server);
    file(
      folder,
      'conf/web.xml',
      '<web-app><servlet><servlet-name>jsp</servlet-name><servlet-class>org.apache.jasper.servlet.JspServlet</servlet-class></servlet><servlet-mapping><servlet-name>jsp</servlet-name><url-pattern>*.jsp</url-pattern></servlet-mapping></web-app>',
    );
    file(folder, 'webapps/ROOT/index.jsp', '<%= request.getScheme() + " " + request.getServerName() %>');
    const root = '/usr/share/tomcat10';
    const classes = `${root}/bin/bootstrap.jar:${root}/bin/tomcat-juli.jar`;
    const options = [`-Dcatalina.home=${root}`, `-Dcatalina.base=${folder}`, `-Djava.io.tmpdir=${folder}`];
    return { command: ['/usr/bin/java', ...options, '-cp', classes, 'org.apache.catalina.startup.Bootstrap', 'start'] };
  },
  ready: '/index.jsp',
  good,
  broken: [
    {
      name: 'no scheme',
      parts: { ...good, scheme: false },
      ask: { path: '/index.jsp' },
      symptom: says('http '),
      rule: 'missing-forwarded-proto',
    },
    {
      name: 'Host of the backend',
      parts: { scheme: true, upgrade: true, body: '0', closed: good.closed },
      ask: { path: '/index.jsp' },
      symptom: says(' 127.0.0.1'),
      rule: 'missing-host-header',
      servers: ['nginx'],
    },
    {
      name: 'manager open',
      parts: everything,
      ask: { path: '/manager/html' },
      symptom: not(404),
      rule: 'application-exposure',
    },
  ],
};
