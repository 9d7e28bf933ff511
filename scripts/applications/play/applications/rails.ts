import { everything, file, not, wrongHosts } from '../parts.ts';
import type { Broken, Played } from '../types.ts';

const cable = {
  ask: { path: '/cable', upgrade: true, headers: { 'Sec-WebSocket-Protocol': 'actioncable-v1-json' } },
  symptom: not(101),
} satisfies Partial<Broken>;

export const played: Played = {
  id: 'rails',
  packages: 'ruby-railties ruby-actioncable puma',
  isInCi: false,
  program: '/usr/bin/puma',
  start(folder, port) {
    const app = `require 'rails'
require 'action_controller/railtie'
require 'action_cable/engine'
class App < Rails::Application
  config.root = '${folder}'
  config.load_defaults 6.1
  config.eager_load = false
  config.secret_key_base = 'x' * 40
  config.logger = Logger.new('/dev/null')
  config.hosts.clear
  routes.append do
    root to: 'pages#show'
    post '/', to: 'pages#save'
    mount ActionCable.server => '/cable'
  end
end
class PagesController < ActionController::Base
  protect_from_forgery with: :exception
  def show
    render plain: form_authenticity_token
  end
  def save
    render plain: request.base_url
  end
end
ActionCable.server.config.cable = { 'adapter' => 'async' }
ActionCable.server.config.logger = Logger.new('/dev/null')
App.initialize!
run App
`;
    file(folder, 'config.ru', app);
    const options = ['-e', 'production', '-b', `tcp://127.0.0.1:${port}`, `${folder}/config.ru`];
    return { command: ['/usr/bin/puma', ...options], env: { HOME: folder, RAILS_ENV: 'production' } };
  },
  ready: '/',
  good: everything,
  broken: [
    { name: 'no upgrade', parts: { ...everything, upgrade: false }, rule: 'missing-websocket-upgrade', ...cable },
    { name: 'no scheme', parts: { ...everything, scheme: false }, rule: 'missing-forwarded-proto', ...cable },
    ...wrongHosts(cable),
  ],
};
