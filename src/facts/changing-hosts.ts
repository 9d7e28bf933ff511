/**
 * Domains under which a name's addresses change while a server runs, as their operators say:
 * - https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html (and the pages of the other services)
 * - https://devcenter.heroku.com/articles/custom-domains, https://learn.microsoft.com/azure/traffic-manager/, https://cloud.google.com/run/docs
 * - dynamic DNS services, which exist for this.
 */
const domains: readonly string[] = [
  'amazonaws.com',
  'cloudfront.net',
  'awsglobalaccelerator.com',
  'herokuapp.com',
  'herokudns.com',
  'azurewebsites.net',
  'trafficmanager.net',
  'azurefd.net',
  'azureedge.net',
  'core.windows.net',
  'run.app',
  'appspot.com',
  'googleusercontent.com',
  'vercel.app',
  'netlify.app',
  'github.io',
  'workers.dev',
  'pages.dev',
  'r2.dev',
  'fly.dev',
  'onrender.com',
  'up.railway.app',
  'digitaloceanspaces.com',
  'duckdns.org',
  'dyndns.org',
  'ddns.net',
  'hopto.org',
  'no-ip.org',
  'dynu.net',
  'dynv6.net',
  'myfritz.net',
];

/** True where it is known that the addresses of a host name change. */
export function changesAddress(host: string): boolean {
  const name = host.toLowerCase().replace(/\.$/, '');
  // Names of single machines carry their address.
  if (/(?:^|\.)(?:ec2|ip)-\d+-\d+-\d+-\d+\./.test(name)) return false;
  return domains.some((domain) => name.endsWith(`.${domain}`));
}
