/**
 * A gRPC client of the service `inventory`, as other programs are:
 *
 *   node watch-inventory.mjs ITEM [COUNT]
 *
 * Needs Node.js 20 or newer, @grpc/grpc-js and @grpc/proto-loader. Goes through the proxy of https_proxy and
 * trusts the file of GRPC_DEFAULT_SSL_ROOTS_FILE_PATH, which `pergola exec` sets. Writes a line for each
 * message, by default ten; exits with 1 when the call fails.
 */
import { fileURLToPath } from 'node:url';
import { credentials, loadPackageDefinition } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';

const [sku = 'mug', count = '10'] = process.argv.slice(2);
const proto = loadSync(fileURLToPath(new URL('inventory.proto', import.meta.url)));
const { Inventory } = loadPackageDefinition(proto).storefront;

const client = new Inventory('inventory.example:443', credentials.createSsl());
const call = client.watch({ sku, quantity: Number(count) });
call.on('data', (stock) => {
  console.log(`${stock.quantity} of ${stock.sku} left, says ${stock.answeredBy}`);
});
call.on('error', ({ message }) => {
  console.error(message);
  process.exitCode = 1;
});
call.on('status', () => client.close());
