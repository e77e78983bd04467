import { Option, type Command } from 'commander';
import { readConfiguration } from '#libs/configuration';
import { HostsOfPartners, webhookEvents, WebhookSubscriptions, type WebhookEvent } from '#libs/webhooks';
import { withSpean } from '../with-spean.js';

const events = Object.keys(webhookEvents) as WebhookEvent[];

export function addWebhooks(program: Command): void {
  const webhooks = program.command('webhooks').description('whose systems are told of events, and where');
  webhooks
    .command('add')
    .description('tells an agency from now on; prints id and secret as JSON, the secret this once')
    .requiredOption('--agency <id>', 'whose cases and referrals it is about')
    .requiredOption('--url <address>', 'where to; SPEAN_OUTBOUND_HOSTS lists its host for the agency')
    .addOption(new Option('--events <names...>', 'what to tell').choices(events).default(events))
    .action(async (asked: { agency: string; url: string; events: WebhookEvent[] }) =>
      print(await withSubscriptions((subscriptions) => subscriptions.add(asked))),
    );
  webhooks
    .command('rotate')
    .description('makes a new secret; the one before counts until the next. Prints it as JSON, this once')
    .argument('<id>')
    .action(async (id: string) => print(await withSubscriptions((subscriptions) => subscriptions.rotate(id))));
  webhooks
    .command('end')
    .description('tells nothing more')
    .argument('<id>')
    .action((id: string) => withSubscriptions((subscriptions) => subscriptions.end(id)));
  webhooks
    .command('list')
    .description('prints who is told of what, as JSON')
    .action(async () => print(await withSubscriptions((subscriptions) => subscriptions.all())));
}

function withSubscriptions<Result>(work: (subscriptions: WebhookSubscriptions) => Promise<Result>): Promise<Result> {
  const hosts = new HostsOfPartners(readConfiguration(process.env).outboundHosts);
  return withSpean((spean) => work(new WebhookSubscriptions({ ...spean, hosts })));
}

const print = (result: object): void => void process.stdout.write(`${JSON.stringify(result)}\n`);
