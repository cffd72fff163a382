import { formatYuan } from '@wennuan/basics';
import { type RouteOutput, routes } from '@wennuan/contract';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../../shared/api/query.ts';
import { useSession } from '../../../shared/session/session.ts';
import {
  Button,
  ButtonLink,
  Card,
  DateText,
  Facts,
  Loaded,
  Money,
  Notice,
  Page,
  say,
  State,
} from '../../../shared/ui/index.ts';
import { JoinPart } from './join.tsx';
import { GroupProgress, groupTones, PriceSteps } from './progress.tsx';

export type Group = RouteOutput<typeof routes.groupBuy.page>;

/** A group-buy: what it costs, how far it is, one's own part in it, and the code to send on. */
export function GroupPage() {
  const { code } = useParams({ from: '/mall/groups/$code' });
  const { t } = useTranslation('groups');
  const query = useRoute(routes.groupBuy.page, { params: { code } });
  return (
    <Page title={query.data?.title ?? t('title')}>
      <Loaded query={query} lines={8}>
        {(group) => <GroupView group={group} />}
      </Loaded>
    </Page>
  );
}

function GroupView({ group }: { group: Group }) {
  const { t } = useTranslation('groups');
  const { session } = useSession();
  return (
    <>
      <div className="row-between">
        <p className="group-price">
          <span>
            <strong>
              <Money fen={group.priceFen} />
            </strong>
            {t('perUnit', { unit: group.unit })}
          </span>
        </p>
        <State tone={groupTones[group.state]}>{t(`states.${group.state}`)}</State>
      </div>
      <GroupProgress group={group} />
      {group.state === 'failed' && <Failed group={group} />}
      <BeforePaying group={group} />
      {session ? (
        <JoinPart group={group} />
      ) : (
        group.state === 'open' && (
          <ButtonLink
            kind="primary"
            wide
            to="/my/sign-in"
            search={{ next: `/mall/groups/${group.code}` }}
          >
            {t('signIn')}
          </ButtonLink>
        )
      )}
      {group.state !== 'failed' && <PriceSteps group={group} />}
      {group.description !== '' && <p className="story">{group.description}</p>}
      <GroupFacts group={group} />
      {group.state === 'open' && <ShareCard group={group} />}
    </>
  );
}

/** What one must know before paying: what is paid now, and what the merchant gives because of it. */
function BeforePaying({ group }: { group: Group }) {
  const { t } = useTranslation('groups');
  return (
    <>
      {group.state === 'open' && (
        <p>{t('payFirst', { amount: formatYuan(group.joiningFen), unit: group.unit })}</p>
      )}
      {group.promiseFen > 0 && group.state !== 'failed' && (
        <p>{t('promise', { amount: formatYuan(group.promiseFen), unit: group.unit })}</p>
      )}
    </>
  );
}

function GroupFacts({ group }: { group: Group }) {
  const { t } = useTranslation('groups');
  const { unit } = group;
  const pickUp = (
    <>
      <DateText at={group.pickUpOn} /> {group.pickUpHours}
    </>
  );
  const isOver = group.state === 'failed';
  return (
    <Facts
      rows={[
        [t('closes'), <DateText at={group.closesAt} />],
        ...(isOver ? [] : [[t('pickUp'), pickUp] as const]),
        [t('place'), `${group.placeName} ${group.placeAddress}`],
        [t('merchant'), group.merchantName],
        ...(isOver
          ? []
          : [[t('quota'), t('quotaWords', { count: group.householdPieces, unit })] as const]),
      ]}
    />
  );
}

/** Why nothing came of it, and how far its refunds are. */
function Failed({ group }: { group: Group }) {
  const { t } = useTranslation('groups');
  const { paidPieces: paid, minimumPieces: minimum, unit } = group;
  const reason = group.endReason ?? '';
  return (
    <Notice title={t('failedTitle')}>
      <p>
        {reason === 'too_few'
          ? t('failedFew', { paid, minimum, unit })
          : t('failedWords', { reason })}
      </p>
      <p>{t('refunds', { underWay: group.refundsUnderWay, done: group.refundsDone })}</p>
    </Notice>
  );
}

/** What neighbours are sent: a code to scan, or the link. */
function ShareCard({ group }: { group: Group }) {
  const { t } = useTranslation('groups');
  const copy = async () => {
    await navigator.clipboard.writeText(group.shareLink);
    say(t('shareCopied'));
  };
  return (
    <Card as="section">
      <h2>{t('share')}</h2>
      <div className="group-share">
        <img src={`data:image/svg+xml,${encodeURIComponent(group.shareQr)}`} alt={t('shareQr')} />
        <Button onPress={() => void copy()}>{t('shareCopy')}</Button>
      </div>
    </Card>
  );
}
