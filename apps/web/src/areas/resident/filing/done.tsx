import { useTranslation } from 'react-i18next';
import { ButtonLink, Card, dateWords, Page } from '../../../shared/ui/index.ts';
import type { FilingSearch } from './search.ts';

/** It is filed: the number, what happens next and by when. */
export function FilingDone({ needId, number, answerBy }: FilingSearch) {
  const { t, i18n } = useTranslation('resident');
  return (
    <Page title={t('filing.done')}>
      <Card raised>
        <p className="soft">{t('filing.doneNumber')}</p>
        <p className="big-number">{number}</p>
        <p>{t('filing.doneKeep')}</p>
      </Card>
      <section className="stack-tight">
        <h2>{t('filing.doneNext')}</h2>
        <p>{answerBy && t('filing.doneNextText', { at: dateWords(answerBy, i18n.language) })}</p>
      </section>
      {needId && (
        <ButtonLink kind="primary" wide to="/my/needs/$needId" params={{ needId }}>
          {t('filing.doneSee')}
        </ButtonLink>
      )}
      <ButtonLink kind="quiet" to="/my">
        {t('filing.doneHome')}
      </ButtonLink>
    </Page>
  );
}
