import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../free-port.ts';
import { startProcess } from '../processes.ts';
import { untilAccepts } from '../until-accepts.ts';
import type { Peer } from './contender.ts';

/** A configuration with one worker in the foreground, which writes nothing outside of `folder`. */
export const nginxFrame = (folder: string, http: string): string => `
daemon off;
worker_processes 1;
${process.getuid?.() === 0 ? 'user root;' : ''}
pid ${folder}/nginx.pid;
error_log ${folder}/error.log;
events { worker_connections 4096; }
http {
  client_body_temp_path ${folder}/client;
  proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi;
  scgi_temp_path ${folder}/scgi;
  keepalive_timeout 600s;
  keepalive_requests 1000000000;
${http}
}
`;

/** For a folder with an `nginx.conf`. */
export const nginxParameters = (folder: string): readonly string[] => [
  ...['-p', folder, '-c', join(folder, 'nginx.conf')],
  // Before the configuration is read, messages would go to the system's log.
  ...['-e', join(folder, 'error.log')],
];

const LOG_FORMAT = `log_format json escape=json '{"t":"$time_iso8601","id":"$request_id",'
    '"client":"$remote_addr:$remote_port","host":"$host","method":"$request_method",'
    '"path":"$request_uri","status":$status,"received":$request_length,"sent":$bytes_sent,'
    '"duration":$request_time,"target":"$upstream_addr","targetDuration":"$upstream_response_time",'
    '"agent":"$http_user_agent"}';`;

export interface NginxProtocols {
  /** After the address where it accepts, such as `http2` or `ssl http2`; absent: HTTP/1.1. */
  readonly accepts?: string;
  /** For `ssl`: a file with the key and the chain, in PEM. */
  readonly certificateFile?: string;
  /** How it speaks to targets; it has no HTTP/2 for them but gRPC's. */
  readonly dials?: 'http' | 'grpc';
  readonly isLogging?: boolean;
}

const LOCATIONS = {
  http: `      proxy_pass http://target;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_set_header Host $http_host;
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;`,
  grpc: `      grpc_pass grpc://target;
      grpc_set_header Host $http_host;
      grpc_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
      grpc_read_timeout 600s;
      grpc_send_timeout 600s;
      client_max_body_size 0;`,
};

/** nginx with one worker, between these protocols. */
export const nginx = (
  name: string,
  { accepts = '', certificateFile, dials = 'http', isLogging = false }: NginxProtocols = {},
): Peer => ({
  name,
  program: 'nginx',
  start: async (bench, { host, targetPort }) => {
    const port = await freePort();
    const folder = bench.folder.make('nginx');
    const log = isLogging
      ? `${LOG_FORMAT}
  access_log ${folder}/access.log json buffer=64k flush=1s;`
      : 'access_log off;';
    const certificate =
      certificateFile === undefined
        ? ''
        : `ssl_certificate ${certificateFile}; ssl_certificate_key ${certificateFile};
  ssl_protocols TLSv1.2 TLSv1.3;`;
    writeFileSync(
      join(folder, 'nginx.conf'),
      nginxFrame(
        folder,
        `  ${log}
  ${certificate}
  server_names_hash_bucket_size 256;
  upstream target {
    server 127.0.0.1:${targetPort};
    keepalive 256;
    keepalive_requests 1000000000;
    keepalive_timeout 600s;
  }
  server { listen 127.0.0.1:${port} ${accepts} default_server backlog=4096; return 404; }
  server {
    listen 127.0.0.1:${port} ${accepts};
    server_name ${host};
    location / { return 404; }
    location /api/ {
${LOCATIONS[dials]}
      add_header X-Request-Id $request_id;
    }
  }`,
      ),
    );
    const running = startProcess(bench.cleanup, 'nginx', nginxParameters(folder), {
      cores: bench.cores.proxy,
    });
    await untilAccepts(name, port, running);
    const { pids, stop } = running;
    return { name, port, host, idHeader: 'x-request-id', pids, stop };
  },
});

export const NGINX = nginx('nginx');
export const NGINX_LOGGING = nginx('nginx with JSON access log', { isLogging: true });
