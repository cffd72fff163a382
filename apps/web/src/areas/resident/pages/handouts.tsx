import { type RouteOutput, routes } from '@wennuan/contract';
import { useTranslation } from 'react-i18next';
import { useList } from '../../../shared/api/query.ts';
import { SessionGate } from '../../../shared/session/session-gate.tsx';
import {
  Listed,
  Card,
  DateText,
  EmptyState,
  Facts,
  Page,
  State,
  type Tone,
} from '../../../shared/ui/index.ts';

type Handout = RouteOutput<typeof routes.distribution.mine>['items'][number];

const tones: Record<Handout['state'], Tone> = {
  coming: 'accent',
  today: 'running',
  received: 'done',
  over: 'quiet',
};

/** What one is to fetch, with the number and word to show, and what one had. */
export function HandoutsPage() {
  return <SessionGate signIn="/my/sign-in">{() => <OwnHandouts />}</SessionGate>;
}

function OwnHandouts() {
  const { t } = useTranslation('resident');
  const query = useList(routes.distribution.mine);
  return (
    <Page title={t('handouts.title')} lead={<p>{t('handouts.lead')}</p>}>
      <Listed
        list={query}
        empty={
          <EmptyState title={t('handouts.none')}>
            <p>{t('handouts.noneBody')}</p>
          </EmptyState>
        }
      >
        {(items) => items.map((one) => <HandoutCard key={one.id} one={one} />)}
      </Listed>
    </Page>
  );
}

function HandoutCard({ one }: { one: Handout }) {
  const { t } = useTranslation('resident');
  const isOpen = one.state === 'coming' || one.state === 'today';
  const hours = one.fromTime && one.untilTime ? `${one.fromTime}—${one.untilTime}` : '';
  const where = one.way === 'door' ? t('handouts.door') : `${one.placeName} ${one.placeAddress}`;
  return (
    <Card as="article" raised={isOpen}>
      <div className="row-between">
        <h2>{one.planName}</h2>
        <State tone={tones[one.state]}>{t(`handouts.states.${one.state}`)}</State>
      </div>
      {isOpen && (
        <dl className="show-at-desk">
          <div>
            <dt>{t('handouts.number')}</dt>
            <dd className="number">{one.serial}</dd>
          </div>
          <div>
            <dt>{t('handouts.word')}</dt>
            <dd>{one.word}</dd>
          </div>
        </dl>
      )}
      <Facts
        rows={[
          [
            t('handouts.what'),
            one.goods
              .map(({ name, unit, quantity }) =>
                t('handouts.amount', { name, unit, count: quantity }),
              )
              .join('、'),
          ],
          [
            t('handouts.when'),
            <>
              <DateText at={one.onDay} /> {hours}
            </>,
          ],
          [t('handouts.where'), where],
          [t('handouts.from'), one.giverLabel],
          ...(one.receivedAt
            ? [[t('handouts.receivedAt'), <DateText at={one.receivedAt} />] as const]
            : []),
        ]}
      />
      {isOpen && one.way === 'place' && <p className="soft">{t('handouts.proxy')}</p>}
    </Card>
  );
}
