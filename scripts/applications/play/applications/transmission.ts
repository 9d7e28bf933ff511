import type { Played } from '../types.ts';

export const played: Played = {
  id: 'transmission',
  packages: 'transmission-daemon',
  isInCi: false,
  program: '/usr/bin/transmission-daemon',
  start: (folder, port) => ({
    command:
      `/usr/bin/transmission-daemon -f -g ${folder} -w ${folder} -p ${port} -r 127.0.0.1 -a 127.0.0.1 -T -M -O -i 127.0.0.1`.split(
        ' ',
      ),
  }),
  ready: '/transmission/web/',
  good: { scheme: true },
  broken: [],
};
