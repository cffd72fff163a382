import { formatYuan } from '@wennuan/basics';
import { type NeedKind, needKinds } from '@wennuan/contract';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useBrand, useDistrict } from '../../../shared/session/district.ts';
import { Facts, Page } from '../../../shared/ui/index.ts';
import { useFederation } from '../parts/words.ts';

const HOURS_PER_DAY = 8;

/** How things are done here: who answers, standards, steps and rules (C-16), money, privacy, complaint, access. */
export function AboutPage() {
  const { t } = useTranslation('public');
  const brand = useBrand();
  const district = useDistrict()?.name ?? '';
  const federation = useFederation();
  const named = { brand, district, federation };
  return (
    <Page title={t('about.title')} description={t('about.description')}>
      <section className="stack-tight" id="who">
        <h2>{t('about.who')}</h2>
        <p>{t('about.whoBody', named)}</p>
      </section>
      <section className="stack" id="rules">
        <h2>{t('about.rules')}</h2>
        <p>{t('about.rulesLead')}</p>
        <KindCard kind="wish" rules={needKinds.micro_wish} />
        <KindCard kind="help" rules={needKinds.help_request} />
        <p>
          <Link to="/responses">{t('nav.responses')}</Link> ·{' '}
          <Link to="/help">{t('nav.help')}</Link>
        </p>
      </section>
      <section className="stack-tight" id="money">
        <h2>{t('about.money')}</h2>
        <p>{t('about.moneyBody', named)}</p>
        <p>{t('about.remainder')}</p>
        <p>
          <Link to="/funds">{t('nav.funds')}</Link> ·{' '}
          <Link to="/campaigns">{t('nav.campaigns')}</Link>
        </p>
      </section>
      <section className="stack-tight" id="privacy">
        <h2>{t('about.privacy')}</h2>
        <p>{t('about.privacyBody')}</p>
      </section>
      <section className="stack-tight" id="complaint">
        <h2>{t('about.complaint')}</h2>
        <p>{t('about.complaintBody', named)}</p>
      </section>
      <section className="stack-tight" id="access">
        <h2>{t('about.access')}</h2>
        <p>{t('about.accessBody')}</p>
      </section>
      <p>
        <Link to="/open">{t('nav.open')}</Link>
      </p>
    </Page>
  );
}

/** Standard, steps and rules of one kind of need, from the very data the server works by. */
function KindCard({ kind, rules }: { kind: 'wish' | 'help'; rules: NeedKind }) {
  const { t } = useTranslation('public');
  const days = (hours: number) => t('about.workingDays', { days: hours / HOURS_PER_DAY });
  return (
    <div className="card">
      <h3>{t(`about.${kind}`)}</h3>
      <Facts
        rows={[
          [t('about.card.whatFor'), t(`about.${kind}For`)],
          [t('about.card.who'), t('about.anyone')],
          [
            t('about.card.most'),
            rules.mostFen === null ? t('about.noMost') : formatYuan(rules.mostFen),
          ],
          [
            t('about.card.open'),
            rules.mostOpen === null
              ? t('about.noMostOpen')
              : t('about.mostOpen', { count: rules.mostOpen }),
          ],
          [t('about.card.order'), t(`about.${kind}Order`)],
          [t('about.card.verify'), days(rules.clockHours.verify)],
          [t('about.card.match'), days(rules.clockHours.match)],
          [t('about.card.carryOut'), days(rules.clockHours.carry_out)],
          [t('about.card.feedBack'), days(rules.clockHours.feed_back)],
          [
            t('about.card.lapse'),
            rules.lapseDays === null
              ? t('about.noLapse')
              : t('about.lapseDays', { days: rules.lapseDays }),
          ],
          [t('about.card.appeal'), t('about.appealDays', { days: rules.appealDays })],
          [t('about.card.public'), t(`about.${kind}Public`)],
        ]}
      />
    </div>
  );
}
