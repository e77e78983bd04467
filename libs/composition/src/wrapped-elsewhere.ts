import { exportKeyColumns } from '#libs/exports';
import { totpColumns } from '#libs/identities';
import type { WrappedColumn } from '#libs/privacy';
import { webhookSecretColumn } from '#libs/webhooks';

/** All that the master key wraps besides the keys of children and tokens: rotation wraps it anew, too. */
export const wrappedElsewhere: readonly WrappedColumn[] = [...totpColumns, webhookSecretColumn, ...exportKeyColumns];
