/** An nginx config of many virtual hosts with the mistakes of many. */
export function manySites(count: number): string {
  const sites = Array.from({ length: count }, (_, index) => site(index));
  return `user nobody;
events {}
http {
  add_header X-Frame-Options DENY;
  upstream pool { server 10.0.0.1:8080; server 10.0.0.2:8080; server 10.0.0.3:8080; }
${sites.join('')}}
`;
}

function site(index: number): string {
  const name = `host-${index}.example.com`;
  const backend = `http://127.0.0.1:${3000 + (index % 50)}`;
  const tls = `    ssl_certificate /etc/ssl/${index}.pem;
    ssl_certificate_key /etc/ssl/${index}.key;
    ssl_protocols TLSv1 TLSv1.2;
`;
  return `  server {
    listen ${index % 3 === 0 ? '80' : '443 ssl'};
    server_name ${name} www.${name};
${index % 3 === 0 ? '' : tls}    location / {
      proxy_pass ${backend};
      proxy_set_header Host $host;
    }
    location /api/ {
      proxy_pass http://pool;
      proxy_set_header Upgrade $http_upgrade;
    }
    location = /old { return 301 https://new.example.com/; }
    location ~ \\.(?:css|js)$ { root /srv/${name}; expires 7d; }
    location /admin/ { allow 10.0.0.0/8; deny all; proxy_pass ${backend}/admin; }
  }
`;
}
