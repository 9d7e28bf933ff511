/**
 * Web applications that need WebSocket connections through a proxy, by names that configs and documents call them. Source: the section on
 * reverse proxies in the documentation of each, as of November 2026.
 */
const names = [
  'akkoma',
  'argo-?cd',
  'bigbluebutton',
  'code-?server',
  'cockpit',
  'codimd',
  'coder',
  'collabora',
  'esphome',
  'etherpad',
  'foundry-?vtt',
  'frigate',
  'gotify',
  'gradio',
  'grafana',
  'guacamole',
  'hass',
  'hedgedoc',
  'home-?assistant',
  'jatos',
  'jellyfin',
  'jitsi',
  'jupyter\\w*',
  'kasm',
  'mastodon',
  'mattermost',
  'meshcentral',
  'meteor',
  'misskey',
  'n8n',
  'node-?red',
  'notify_push',
  'novnc',
  'ntfy',
  'octoprint',
  'onlyoffice',
  'overleaf',
  'pleroma',
  'portainer',
  'proxmox',
  'rocket\\.?chat',
  'rstudio',
  'sharelatex',
  'shiny',
  'signalr',
  'snikket',
  'socket\\.io',
  'streamlit',
  'thelounge',
  'uptime-?kuma',
  'vaultwarden',
  'websockify',
  'wekan',
  'xmpp',
  'zammad',
  'zigbee2mqtt',
];

const mention = new RegExp(`(?<![a-z])(?:${names.join('|')}|web-?\\s?sockets?|wss?:)(?![a-z])`, 'i');

/** Whether a text speaks of WebSockets, or of an application that is known to need them. */
export function mentionsWebSockets(text: string): boolean {
  return mention.test(text);
}
