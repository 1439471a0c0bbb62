import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { CliError } from './cli-error.ts';
import { commandName } from './command-name.ts';
import { parsePort } from './endpoint.ts';
import { shellWord } from './quote.ts';
import type { Output } from './style.ts';

export interface Streams {
  readonly out: Output;
  readonly err: Output;
}

/** How people call this program: from a checkout it is a file, installed it is on PATH. */
const COMMAND = shellWord(commandName());

/** What starts the lines that it writes about itself. */
const NAME = 'pergola';

const DATA = [
  '--data <dir>',
  'data folder of the instance (default: $PERGOLA_DATA, else .pergola)',
] as const;
const ADDRESS = [
  '--address <ip>',
  'as a client with this address of the VPC, or that of an instance id',
] as const;
const ACCOUNT = ['--account <name>', 'act as this account (default: default)'] as const;
const JSON_FLAG = ['--json', 'answer JSON, for scripts'] as const;

// commander turns this into a usage error that names the flag.
const port = (options: { allowZero?: boolean }) => (text: string) => {
  try {
    return parsePort(text, 'it', options);
  } catch {
    const lowest = options.allowZero === true ? 0 : 1;
    throw new InvalidArgumentError(`give a number from ${lowest} to 65535`);
  }
};

const workers = (text: string): number => {
  const count = /^\d{1,3}$/.test(text) ? Number(text) : Number.NaN;
  if (!(count <= 256)) throw new InvalidArgumentError('give a number from 0 to 256');
  return count;
};

const region = (text: string): string => {
  if (!/^[a-z]{2,3}(-[a-z]{2,16}){1,3}-\d{1,2}$/.test(text)) {
    throw new InvalidArgumentError('give the name of an AWS region, such as us-west-2');
  }
  return text;
};

/** For options that may be given several times. */
const collect = (text: string, before: readonly string[] | undefined): readonly string[] => [
  ...(before ?? []),
  text,
];

const examples = (...lines: readonly string[]): string =>
  `\nExamples:\n${lines.map((line) => `  $ ${line}`).join('\n')}`;

/**
 * The commands, each loading its code only when it runs. `finish` gets the exit code of a command
 * that succeeds with another one than 0.
 */
export const buildProgram = (
  streams: Streams,
  finish: (exitCode: number) => void,
  version: () => string,
): Command => {
  const program = new Command(NAME);
  program
    .description('An application network of your own, with the API of Amazon VPC Lattice.')
    .usage('COMMAND [options]')
    .enablePositionalOptions()
    .showHelpAfterError(false)
    .helpCommand('help [command]', 'show what a command does')
    .helpOption('-h, --help', 'show this text')
    .configureOutput({
      writeOut: (text) => streams.out.write(text),
      writeErr: (text) => streams.err.write(text),
      // Errors are thrown (exitOverride) and written in one place.
      outputError: () => {},
    })
    .exitOverride();
  program
    .option('-V, --version', 'show the version')
    .on('option:version', () => {
      streams.out.write(`${version()}\n`);
      throw new CommanderError(0, 'commander.version', version());
    })
    .addHelpText(
      'after',
      examples(
        `${COMMAND} up --example storefront   # start, with services to look at`,
        `eval "$(${COMMAND} env)"              # point AWS CLI, SDKs and Terraform here`,
        'aws vpc-lattice list-services',
        `${COMMAND} exec --vpc shop -- curl http://SERVICE.on.aws/`,
        `${COMMAND} status`,
      ),
    );

  program
    .command('up')
    .summary('start the network here, in the foreground')
    .description(
      'Starts the API, the workers that carry the traffic and a portal for each VPC. Stops with Ctrl-C or SIGTERM, after the requests in flight.',
    )
    .option(
      '--data <dir>',
      'folder for everything that lasts (default: $PERGOLA_DATA, else .pergola)',
    )
    .option('--port <n>', 'port of the API, 0 for any free one', port({ allowZero: true }), 7171)
    .option(
      '--portal-port <n>',
      'port of the first portal, the next free ones follow; 0 for any free ones',
      port({ allowZero: true }),
      7180,
    )
    .option(
      '--dns-port <n>',
      "port of the first VPC's resolver, the next free ones follow; 0 for any free ones",
      port({ allowZero: true }),
      5300,
    )
    .option(
      '--region <name>',
      'region of the instance (default: that of its data folder; us-west-2 for a new one)',
      region,
    )
    .option(
      '--workers <n>',
      'worker processes, 0 to serve in this one (default: one a core)',
      workers,
    )
    .addOption(
      new Option(
        '--underlay <name>',
        'what VPCs are here: ports of this machine (loopback), or network namespaces, with Linux and root (netns)',
      )
        .choices(['loopback', 'netns'])
        .default('loopback'),
    )
    .option(
      '--portals',
      'with --underlay netns: give each VPC a portal and a resolver on this machine as well, open to every local program',
    )
    .option('--example <name>', 'also build and run an example: storefront')
    .option('--json', 'write one line of JSON when ready')
    .addHelpText(
      'after',
      examples(
        `${COMMAND} up`,
        `${COMMAND} up --example storefront`,
        `${COMMAND} up --data /var/lib/pergola --port 7171 --region eu-central-1`,
        `${COMMAND} up --data "$(mktemp -d)" --port 0 --portal-port 0 --dns-port 0 --json   # in CI`,
      ),
    )
    .action(async (options) => {
      const { runUp } = await import('./commands/up.ts');
      finish(await runUp(options, streams));
    });

  program
    .command('env')
    .summary('print the variables that point AWS tools here')
    .option(...DATA)
    .option('--account <name>', 'profile to use (default: default)')
    .option('--shell <shell>', 'sh (bash, zsh), fish, powershell or json', 'sh')
    .addHelpText(
      'after',
      examples(
        `eval "$(${COMMAND} env)"`,
        `${COMMAND} env --shell fish | source`,
        `${COMMAND} env --shell powershell | Out-String | Invoke-Expression`,
      ),
    )
    .action(async (options) => {
      const { runEnv } = await import('./commands/env.ts');
      runEnv(options, streams);
    });

  program
    .command('exec')
    .summary('run a command whose HTTP requests enter a VPC')
    .description(
      'Runs a command with the proxy variables set to the portal of a VPC. What it asks for by http goes into the VPC; only requests to this machine itself stay outside. With `up --underlay netns` it runs in the network of the VPC, or of one of its instances, instead. It trusts the certificates of the services beside all that it trusts anyway. Answers with the exit code of the command.',
    )
    .option('--vpc <vpc>', 'id or Name tag of the VPC')
    .option(...ADDRESS)
    .option('--instance <id>', 'id of an instance to run it on (--underlay netns)')
    .option(...DATA)
    .option(...ACCOUNT)
    .argument('<command>', 'what to run, after --')
    .argument('[arguments...]')
    .passThroughOptions()
    .addHelpText(
      'after',
      examples(
        `${COMMAND} exec --vpc shop -- curl http://SERVICE.on.aws/cart`,
        `${COMMAND} exec --vpc shop --address 10.0.1.7 -- curl http://SERVICE.on.aws/cart`,
        `${COMMAND} exec --vpc vpc-0123456789abcdef0 -- node app.js`,
        `sudo ${COMMAND} exec --instance i-0123456789abcdef0 -- python3 -m http.server`,
      ),
    )
    .action(async (command: string, parameters: string[], options) => {
      const { runExec } = await import('./commands/exec.ts');
      finish(await runExec(command, parameters, options, streams.err));
    });

  program
    .command('ca')
    .summary('print the certificate that clients of HTTPS services have to trust')
    .description(
      'Prints the certificate of the authority that signs for the generated names of services and for what ACM is asked for. `exec` and `env` tell programs to trust it; what reads none of their variables has to be told by other means.',
    )
    .option('--path', 'print the path of the file instead')
    .option(...JSON_FLAG)
    .option(...DATA)
    .addHelpText(
      'after',
      examples(
        `${COMMAND} ca > pergola-ca.pem`,
        `curl --cacert "$(${COMMAND} ca --path)" https://SERVICE.on.aws/`,
        `keytool -importcert -cacerts -alias pergola -file "$(${COMMAND} ca --path)"   # Java`,
      ),
    )
    .action(async (options) => {
      const { runCa } = await import('./commands/ca.ts');
      runCa(options, streams.out);
    });

  program
    .command('call')
    .summary('sign a request to a service and send it from within a VPC')
    .description(
      "Sends a request as a client in a VPC, signed for the service with the credentials of a profile: one of the instance's accounts, or one of AWS's configuration files. Without --as those in the environment, then the profile `default`. When the request is refused, says why. For https:// it trusts the instance's certificate authority, and what SSL_CERT_FILE names or else the system trusts.",
    )
    .option('--as <profile>', 'whose credentials to sign with')
    .option('--role <role>', 'name or ARN of a role to assume with them first')
    .option('--anonymous', 'sign nothing')
    .option('--vpc <vpc>', 'id or Name tag of the VPC (default: the only one)')
    .option(...ADDRESS)
    .option('-X, --request <method>', 'method (default: GET, with a body POST)')
    .option('-H, --header <line>', "header field, 'Name: value'; may be repeated", collect)
    .option(
      '-d, --body <data>',
      'body; @FILE for that of a file, @- for standard input, both without line breaks',
      collect,
    )
    .option('--data-binary <data>', 'body; files and standard input as they are', collect)
    .option('-i, --include', 'show the head of the answer too')
    .option('-v, --verbose', 'show on standard error what is sent and answered, without secrets')
    .option('-k, --insecure', 'with https://, believe any certificate')
    .option('--http2', 'speak HTTP/2 (default: with https:// if the service does)')
    .option('--http1.1', 'speak HTTP/1.1')
    .option('-o, --output <file>', 'write the body of the answer to a file')
    .option('-f, --fail', 'exit with 22 when the status of the answer is 400 or more')
    .option(DATA[0], `${DATA[1]}; for curl's --data give -d`)
    .option('--account <name>', 'account whose VPCs are meant (default: default)')
    .argument('<url>', 'http://SERVICE/PATH or https://SERVICE/PATH')
    .addHelpText(
      'after',
      examples(
        `${COMMAND} call http://SERVICE.on.aws/`,
        `${COMMAND} call --as default --role checkout -d amount=10 http://payments.example/charges`,
        `${COMMAND} call --vpc shop -X PUT -H 'content-type: application/json' --data-binary @cart.json http://SERVICE.on.aws/cart`,
        `${COMMAND} call --anonymous -i http://SERVICE.on.aws/`,
        `${COMMAND} call -v https://SERVICE.on.aws/`,
      ),
    )
    .action(async (url: string, options) => {
      const { runCall } = await import('./commands/call.ts');
      finish(await runCall(url, options, process.stdout, streams.err));
    });

  program
    .command('sign-proxy')
    .summary('run a local proxy that signs the requests of other programs')
    .description(
      'A forward proxy for programs that cannot sign: what they send through it is signed and enters a VPC. It takes http:// requests, and requests by their Host header; with --https they go on to the services over TLS. Whoever reaches it acts as its caller, so it listens on this machine only and refuses what web pages of other sites have a browser send, unless told otherwise. Stops with Ctrl-C.',
    )
    .requiredOption('--listen <address>', 'PORT or ADDRESS:PORT; port 0 for any free one')
    .option('--as <profile>', 'whose credentials to sign with')
    .option('--role <role>', 'name or ARN of a role to assume with them')
    .option('--vpc <vpc>', 'id or Name tag of the VPC (default: the only one)')
    .option(...ADDRESS)
    .option('--https', "reach services over TLS, on port 443 or the URL's own")
    .option('--allow-remote', 'also listen on an address that other machines reach')
    .option('--allow-browsers', 'also sign what web pages of other sites have a browser send')
    .option(...DATA)
    .option('--account <name>', 'account whose VPCs are meant (default: default)')
    .addHelpText(
      'after',
      examples(
        `${COMMAND} sign-proxy --as default --role checkout --listen 127.0.0.1:9000`,
        'http_proxy=http://127.0.0.1:9000 curl http://payments.example/charges',
        "curl -H 'Host: payments.example' http://127.0.0.1:9000/charges",
        `${COMMAND} sign-proxy --https --listen 127.0.0.1:9001`,
        'http_proxy=http://127.0.0.1:9001 curl http://SERVICE.on.aws/   # https towards the service',
      ),
    )
    .action(async (options) => {
      const { runSignProxy } = await import('./commands/sign-proxy.ts');
      await runSignProxy(options, streams);
    });

  program
    .command('map')
    .summary('say where an address of a VPC is on this machine')
    .description(
      'An address of a VPC that is not mapped is dialled as it is. A mapping with a port wins over one of the whole address.',
    )
    .usage('--vpc VPC ADDRESS[:PORT] HOST[:PORT]')
    .requiredOption('--vpc <vpc>', 'id or Name tag of the VPC')
    .option('--list', 'show the mappings')
    .option('--remove', 'remove the mapping of ADDRESS[:PORT]')
    .option(...JSON_FLAG)
    .option(...DATA)
    .option(...ACCOUNT)
    .argument('[address]', 'IP address of the VPC or instance id, and maybe a port')
    .argument('[host]', 'where that is, and maybe on which port')
    .addHelpText(
      'after',
      examples(
        `${COMMAND} map --vpc shop 10.0.1.11:80 127.0.0.1:9001`,
        `${COMMAND} map --vpc shop i-0123456789abcdef0 127.0.0.1`,
        `${COMMAND} map --vpc shop '[fd00::11]:80' '[::1]:9001'`,
        `${COMMAND} map --vpc shop --list`,
        `${COMMAND} map --vpc shop --remove 10.0.1.11:80`,
      ),
    )
    .action(async (address: string | undefined, host: string | undefined, options) => {
      const { runMap } = await import('./commands/map.ts');
      await runMap(address, host, options, streams.out);
    });

  program
    .command('status')
    .summary('show networks, services, listeners, target health and requests')
    .option(...JSON_FLAG)
    .option(...DATA)
    .option(...ACCOUNT)
    .addHelpText('after', examples(`${COMMAND} status`, `${COMMAND} status --json`))
    .action(async (options) => {
      const { runStatus } = await import('./commands/status.ts');
      await runStatus(options, streams.out);
    });

  program
    .command('directory')
    .summary('list the services that this account may use')
    .option(...JSON_FLAG)
    .option(...DATA)
    .option(...ACCOUNT)
    .addHelpText('after', examples(`${COMMAND} directory`, `${COMMAND} directory --json`))
    .action(async (options) => {
      const { runDirectory } = await import('./commands/directory.ts');
      await runDirectory(options, streams.out);
    });

  program
    .command('explain')
    .summary('say why a request was refused, or why nothing is reached')
    .usage('REQUEST-ID | --from VPC[/ADDRESS] URL')
    .description(
      "Says why a request to a service got a 403: who sent it, from where, what each layer of policies says, or what is wrong with its signature, and what would have to change. The id is in the answer's header x-amzn-requestid and in access logs. Other accounts than the first see the requests that they have a part in, without the policies of others. Exit code 1 when there is no such request.\n\nWith --from it says whether clients at a place in a VPC get a connection to a service, which security group rule or network ACL entry keeps them out, or that an association is missing, and whether the targets can be reached; of an instance or network interface, for each of its addresses. Exit code 0 when they get one by every address, 3 when not.",
    )
    .option('--from <place>', 'VPC, VPC/ADDRESS or an instance id; VPC is an id or a Name tag')
    .option(...JSON_FLAG)
    .option(...DATA)
    .option(...ACCOUNT)
    .argument('<request-id>', 'as in x-amzn-requestid of the answer; with --from: http://SERVICE/')
    .addHelpText(
      'after',
      examples(
        `${COMMAND} explain 0f9c7a3e-5d51-4f0c-9a6b-3e1d2c4b5a69`,
        `${COMMAND} explain --json 0f9c7a3e-5d51-4f0c-9a6b-3e1d2c4b5a69`,
        `${COMMAND} explain --from shop/10.0.1.7 http://SERVICE.on.aws/`,
      ),
    )
    .action(async (requestId: string, options) => {
      if (options.from !== undefined) {
        const { runExplainPath } = await import('./commands/explain-path.ts');
        finish(await runExplainPath(requestId, options, streams.out));
        return;
      }
      const { runExplain } = await import('./commands/explain.ts');
      await runExplain(requestId, options, streams.out);
    });

  program
    .command('simulate')
    .summary('say whether a request would pass, without sending it')
    .description(
      'Gives the answer of explain for a request that is not sent, also with policies that are not stored. For a service to which TLS is passed through, it is about the connection, which is always anonymous. PRINCIPAL is anonymous, an ARN, or root, user/NAME, role/NAME or assumed-role/ROLE/SESSION of the account. Exit code 0 when the request would pass, 3 when it would be refused.',
    )
    .usage('--as PRINCIPAL --vpc VPC METHOD URL')
    .requiredOption('--as <principal>', 'who sends the request')
    .requiredOption('--vpc <vpc>', 'id or Name tag of the VPC it is sent from')
    .option('-H, --header <header>', "'name: value'; may be given several times", collect)
    .option('--http2', 'by HTTP/2 (default: by HTTP/1.1)')
    .option('--grpc', 'a gRPC call: by HTTP/2, with its content type')
    .option('--address <ip>', "the client's address in the VPC (default: 127.0.0.1)")
    .option('--service-policy <file>', "auth policy in place of the service's; - for stdin")
    .option('--network-policy <file>', "auth policy in place of the network's; - for stdin")
    .option(...JSON_FLAG)
    .option(...DATA)
    .option(...ACCOUNT)
    .argument('<method>', 'GET, POST, ...; CONNECT for a connection that is passed through')
    .argument('<url>', 'http://SERVICE/PATH or https://SERVICE/PATH')
    .addHelpText(
      'after',
      examples(
        `${COMMAND} simulate --as role/reader --vpc shop GET http://SERVICE.on.aws/rates`,
        `${COMMAND} simulate --as anonymous --vpc shop -H 'x-tier: gold' GET http://SERVICE.on.aws/`,
        `${COMMAND} simulate --as user/ann --vpc shop --service-policy new.json PUT http://SERVICE.on.aws/rates`,
        `${COMMAND} simulate --as role/cart --vpc shop --grpc POST https://SERVICE.on.aws/shop.Stock/Get`,
        `${COMMAND} simulate --as anonymous --vpc shop CONNECT https://bank.example`,
      ),
    )
    .action(async (method: string, url: string, options) => {
      const { runSimulate } = await import('./commands/simulate.ts');
      finish(await runSimulate(method, url, options, streams.out));
    });

  program
    .command('lint')
    .summary('find what does not work in a policy file')
    .description(
      'Warns of what is well formed and never does what it seems to: statements that cannot apply, conditions that never or always hold. Needs no running instance. Exit code 0 when there is nothing to warn of, 3 when there is, 1 when the file is no policy.',
    )
    .option('--identity', 'a policy of a user, group or role (default: an auth policy)')
    .option(...JSON_FLAG)
    .argument('<policy-file>', 'JSON; - for standard input')
    .addHelpText(
      'after',
      examples(
        `${COMMAND} lint auth-policy.json`,
        `${COMMAND} lint --identity role-policy.json`,
        `aws vpc-lattice get-auth-policy --resource-identifier SERVICE --query policy --output text | ${COMMAND} lint -`,
      ),
    )
    .action(async (file: string, options) => {
      const { runLint } = await import('./commands/lint.ts');
      finish(runLint(file, options, streams.out));
    });

  const account = program
    .command('account')
    .summary('create and list accounts')
    .usage('create NAME | list')
    .helpCommand(false);
  account
    .command('create')
    .summary('create an account; its name becomes a profile')
    .argument('<name>', 'name of the account and of its profile')
    .option(...JSON_FLAG)
    .option(...DATA)
    .addHelpText(
      'after',
      examples(`${COMMAND} account create payments`, `eval "$(${COMMAND} env --account payments)"`),
    )
    .action(async (name: string, options) => {
      const { runAccountCreate } = await import('./commands/account.ts');
      await runAccountCreate(name, options, streams.out);
    });
  account
    .command('list')
    .summary('list the accounts')
    .option(...JSON_FLAG)
    .option(...DATA)
    .addHelpText('after', examples(`${COMMAND} account list`))
    .action(async (options) => {
      const { runAccountList } = await import('./commands/account.ts');
      await runAccountList(options, streams.out);
    });
  return program;
};

/** Runs one command line and answers the exit code: 0 done, 1 failed, 2 not understood. */
export const run = async (
  argv: readonly string[],
  streams: Streams,
  version: () => string,
): Promise<number> => {
  let exitCode = 0;
  const program = buildProgram(
    streams,
    (code) => {
      exitCode = code;
    },
    version,
  );
  if (argv.length === 0) {
    streams.err.write(program.helpInformation());
    return 2;
  }
  try {
    await program.parseAsync(argv, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return reportUsage(error, argv, streams);
    if (error instanceof CliError) {
      streams.err.write(`${NAME}: ${error.message}\n`);
      return error.exitCode;
    }
    throw error;
  }
};

/** `--header, --help` as a question that names each. */
const suggest = (similar: string): string =>
  `; did you mean \`${similar.replaceAll(', ', '` or `')}\`?`;

const reportUsage = (error: CommanderError, argv: readonly string[], streams: Streams): number => {
  // Help and version end here too, with exit code 0; `account` alone shows its help as an error.
  if (error.exitCode === 0) return 0;
  if (error.code === 'commander.help') return 2;
  const text = error.message
    .replace(/^error: /, '')
    .replaceAll(/'([^']*)'/g, '`$1`')
    .replace(/\n\(Did you mean (?:one of )?([^)]*)\?\)$/, (_, similar: string) => suggest(similar))
    .replaceAll(/\. (\w)/g, (_, letter: string) => `; ${letter.toLowerCase()}`)
    .replace(/[.?]$/, '');
  const named = argv[0] !== undefined && /^[a-z][a-z-]*$/.test(argv[0]) ? argv[0] : '';
  const isUnknown = error.code === 'commander.unknownCommand' && named !== 'account';
  const hint = isUnknown || named === '' ? '' : ` ${named}`;
  streams.err.write(`${NAME}: ${text}; see ${COMMAND}${hint} --help\n`);
  return 2;
};
