/** What ASP.NET Core needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'aspnet-core',
  name: 'ASP.NET Core',
  kind: 'framework',
  date: '2026-11-30',
  names: { telling: [], usual: ['aspnetcore'], common: ['kestrel', 'dotnet'], otherPaths: ['/_blazor', '/hubs/'] },
  ports: [
    { port: 5000, scheme: 'http' },
    { port: 8080, scheme: 'http', role: 'container images from .NET 8 on' },
  ],
  sources: {
    docs: {
      where: 'https://github.com/dotnet/AspNetCore.Docs',
      what: 'aspnetcore/host-and-deploy/proxy-load-balancer.md',
      read: 'ms.date 2022-01-07, one stored version, date not shown (commit 011f04f4)',
    },
  },
  needs: [
    {
      about: 'headers',
      values: { 'X-Forwarded-For': 'append-ip', 'X-Forwarded-Proto': 'scheme', Host: 'client-or-name' },
      bySetting: true,
      strength: 'breaks',
      proof: 'documented',
      fact: 'No forwarding header counts unless the Forwarded Headers Middleware is on and its headers are chosen (default none); then only from loopback, and only the last entry (ForwardLimit 1). Consumed values are removed from the header.',
      symptom: 'redirect loop with UseHttpsRedirection, wrong redirect_uri',
      sources: ['docs'],
    },
    {
      about: 'websocket',
      paths: ['/_blazor'],
      strength: 'degrades',
      proof: 'recalled',
      fact: 'SignalR and Blazor Server use WebSockets.',
      sources: [],
    },
  ],
};
