import { t } from '../../../core/l10n.ts';
import type { ActionCommand } from '../../contract/action.ts';
import { Icon, type IconName } from '../shared/icon.tsx';
import { phaseWord, stopwatch } from './lines.ts';
import type { RunProps } from './model.ts';
import { type Offer, offersOf } from './offers.ts';

/** What, where, how far, and the next thing to do. The buttons keep their place through all states. */
export function Header(props: RunProps) {
  const { state, now } = props;
  const { target, title } = state.plan;
  return (
    <header class="action-header">
      <div class="action-names">
        <h1>{title}</h1>
        <p class="muted">
          {target.cluster.context} › {target.namespace} › {target.name}
        </p>
      </div>
      <p class="badge">
        <span class="badge-word">{phaseWord(state.phase)}</span>
        <span class="number">{stopwatch(state, now)}</span>
      </p>
      <Buttons {...props} />
    </header>
  );
}

function Buttons({ state, now, update, host }: RunProps) {
  const { primary, others } = offersOf(state, now, update.obstacle !== undefined);
  const button = (offer: Offer, look: 'primary' | 'secondary') => (
    <button
      key={offer}
      type="button"
      class={look}
      disabled={update.busy.some((command: ActionCommand) => command === offer)}
      onClick={() => host.send(offer, {})}
    >
      {icons[offer] && <Icon name={icons[offer]} />}
      {label(offer)}
    </button>
  );
  return (
    <div class="action-buttons" role="group" aria-label={t('Actions')}>
      {others.map((offer) => button(offer, 'secondary'))}
      {primary && button(primary, 'primary')}
    </div>
  );
}

const icons: Readonly<Partial<Record<Offer, IconName>>> = {
  openRun: 'external',
  openChart: 'graph',
  undo: 'undo',
  planAgain: 'refresh',
  openLog: 'log',
};

function label(offer: Offer): string {
  switch (offer) {
    case 'confirm':
      return t('Confirm…');
    case 'discard':
      return t('Discard');
    case 'cancel':
      return t('Cancel');
    case 'openRun':
      return t('Open run');
    case 'openChart':
      return t('Open chart');
    case 'undo':
      return t('Undo…');
    case 'keep':
      return t('Keep the change');
    case 'planAgain':
      return t('Plan again');
    case 'openLog':
      return t('Open log');
  }
}
