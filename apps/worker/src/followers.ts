import type { Clock } from '#libs/calendar';
import type { Database, DatabaseContext } from '#libs/database';
import { Subscriber, type Projection } from '#libs/event-store';
import { upcast } from '#libs/case-log';
import type { Log } from '#libs/logging';
import { flowProjection } from '#libs/read-models';
import { webhookProjection } from '#libs/webhooks';
import type { Activity } from './activity.js';

export interface FollowerParts {
  readonly database: Database;
  readonly context: DatabaseContext;
  readonly clock: Clock;
  readonly log: Log;
}

/** Keeps one of them up to date. */
export const follower =
  (projection: Projection): ((parts: FollowerParts) => Activity) =>
  ({ database, context, log }) =>
    new Subscriber(database, projection, {
      context,
      upcast,
      onTrouble: (error) => log.error('a read model is in trouble', { error }),
    });

/**
 * The read models that follow the feed with a checkpoint of their own. Those that a command's author sees next are
 * written with the command and are not among them.
 */
export const followers = [flowProjection, webhookProjection].map(follower);
