import { routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { holds, useSession } from '../../../shared/session/session.ts';
import { Button, Form, PhotoField, say } from '../../../shared/ui/index.ts';
import { Pictures } from '../parts/pictures.tsx';
import { useSend } from '../parts/send.ts';
import type { CharitySale } from './charity-sale.tsx';

/** The signed agreement and the plan: shown, and attached while it is being planned. */
export function Papers({ sale }: { sale: CharitySale }) {
  const { t } = useTranslation('console');
  const { session } = useSession();
  const papers = [
    ['agreement', sale.agreement],
    ['plan', sale.plan],
  ] as const;
  const mayAttach = sale.state === 'draft' && holds(session, 'charity_sale.write');
  return (
    <section className="panel stack-tight" aria-labelledby="charity-papers">
      <h2 id="charity-papers">{t('charity.papers.title')}</h2>
      <p className="soft">{t('charity.papers.lead')}</p>
      {papers.map(([name, paper]) => (
        <div key={name} className="stack-tight">
          <h3>{t(`charity.papers.${name}`)}</h3>
          {paper ? <Pictures pictures={[paper]} /> : <p>{t('charity.papers.none')}</p>}
        </div>
      ))}
      {mayAttach && <PapersForm sale={sale} />}
    </section>
  );
}

function PapersForm({ sale }: { sale: CharitySale }) {
  const { t } = useTranslation('console');
  const [agreement, setAgreement] = useState<string[]>([]);
  const [plan, setPlan] = useState<string[]>([]);
  const save = useSend(routes.charitySale.addPapers);
  const body = { agreementId: agreement[0] ?? '', planId: plan[0] ?? '' };
  return (
    <Form
      scope="papers"
      call={save}
      onSend={() =>
        save.run({ params: { saleId: sale.id }, body }, () => {
          setAgreement([]);
          setPlan([]);
          say(t('charity.papers.saved'));
        })
      }
    >
      <PhotoField
        name="agreementId"
        label={t('charity.papers.agreement')}
        hint={t('charity.papers.agreementHint')}
        value={agreement}
        onChange={setAgreement}
        most={1}
      />
      <PhotoField
        name="planId"
        label={t('charity.papers.plan')}
        hint={t('charity.papers.planHint')}
        value={plan}
        onChange={setPlan}
        most={1}
      />
      <div className="form-actions">
        <Button
          type="submit"
          kind="primary"
          busy={save.busy}
          refusedBecause={agreement[0] && plan[0] ? undefined : t('charity.papers.lead')}
        >
          {t('charity.papers.save')}
        </Button>
      </div>
    </Form>
  );
}
