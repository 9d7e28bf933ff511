/** What Ollama needs of a proxy. */
import type { Application } from '../types.ts';

export const application: Application = {
  id: 'ollama',
  name: 'Ollama',
  kind: 'app',
  date: '2026-11-30',
  names: { telling: ['ollama'], otherPaths: ['/api/generate', '/api/chat', '/v1/chat/completions'] },
  ports: [{ port: 11434, scheme: 'http' }],
  sources: {
    faq: { where: 'https://github.com/ollama/ollama', what: 'docs/faq.mdx', read: '2026-08-21 fb307609' },
    code: { where: 'https://github.com/ollama/ollama', what: 'server/routes.go', read: '2026-08-21 fb307609' },
  },
  needs: [
    {
      about: 'headers',
      values: { Host: 'backend' },
      strength: 'breaks',
      proof: 'confirmed',
      fact: "The exception: bound to a loopback address it answers 403 to any Host but localhost, its own host name, *.localhost, *.local, *.internal and local addresses; so the proxy must send the backend's (Host localhost:11434). Bound to 0.0.0.0 it does not check.",
      symptom: '403 Forbidden with Host $host',
      when: 'bound to a loopback address (the default)',
      sources: ['code', 'faq'],
    },
    {
      about: 'timeout',
      paths: ['/'],
      least: 600,
      strength: 'degrades',
      proof: 'recalled',
      fact: 'Streams JSON lines: buffering off and a long read timeout.',
      sources: [],
    },
    {
      about: 'buffering',
      paths: ['/'],
      response: 'streamed',
      strength: 'degrades',
      proof: 'recalled',
      fact: 'Streams JSON lines: buffering off and a long read timeout.',
      sources: [],
    },
    {
      about: 'private',
      paths: ['/'],
      degree: 'restricted',
      strength: 'security',
      proof: 'recalled',
      fact: 'No authentication of its own.',
      sources: [],
    },
  ],
};
