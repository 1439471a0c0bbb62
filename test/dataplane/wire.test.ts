import { TRANSPORTS } from './transports.ts';
import { wireSuite } from './wire-suite.ts';

for (const transport of TRANSPORTS) wireSuite(transport);
