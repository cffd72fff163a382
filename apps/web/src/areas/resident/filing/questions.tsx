import { type NeedKindCode, needKinds, openNeedStates, routes } from '@wennuan/contract';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useRouteWhen } from '../../../shared/api/query.ts';
import { holds, useSession } from '../../../shared/session/session.ts';
import {
  ButtonLink,
  Card,
  Checkbox,
  Notice,
  PhotoField,
  RadioGroup,
  TextArea,
  TextField,
  YuanField,
} from '../../../shared/ui/index.ts';
import { CommunityField } from '../parts/community-field.tsx';
import type { FilingDraft } from './form.ts';
import type { FilingStep } from './search.ts';

export interface QuestionProps {
  kind: NeedKindCode;
  other: boolean;
  draft: FilingDraft;
  update: (change: Partial<FilingDraft>) => void;
}

/** Standard, steps and rules before asking (C-16), that it is no fundraising and who answers for its truth (C-20). */
function Rules({ kind, draft, update }: QuestionProps) {
  const { t } = useTranslation('resident');
  const { clockHours, appealDays } = needKinds[kind];
  return (
    <>
      <Card as="section">
        <h2>{t('filing.rulesStandard')}</h2>
        <p>{t('filing.rulesStandardText')}</p>
        <h2>{t('filing.rulesSteps')}</h2>
        <ol className="numbered">
          <li>{t('filing.rulesStep1', { hours: clockHours.verify })}</li>
          <li>{t('filing.rulesStep2')}</li>
          <li>{t('filing.rulesStep3')}</li>
          <li>{t('filing.rulesStep4')}</li>
        </ol>
        <h2>{t('filing.rulesRules')}</h2>
        <p>{t('filing.rulesRulesText', { days: appealDays })}</p>
      </Card>
      <Notice tone="running" title={t('filing.rulesPrivate')}>
        <p>{t('filing.rulesPrivateText')}</p>
      </Notice>
      <Notice tone="warned" title={t('filing.rulesNotAppeal')}>
        <p>{t('filing.rulesNotAppealText')}</p>
      </Notice>
      <Checkbox
        name="understood"
        boxed
        label={t('filing.rulesAgree')}
        checked={draft.understood}
        onChange={(understood) => update({ understood })}
      />
    </>
  );
}

/** For whom, what one is to her, and how she agreed. */
function Who({ draft, update }: QuestionProps) {
  const { t } = useTranslation('resident');
  return (
    <>
      <TextField
        name="personName"
        label={t('filing.whoName')}
        maxLength={40}
        value={draft.personName}
        onChange={(personName) => update({ personName })}
      />
      <RadioGroup
        name="relation"
        label={t('filing.whoRelation')}
        value={draft.relation}
        onChange={(relation) => update({ relation: relation as FilingDraft['relation'] })}
        options={(['relative', 'neighbour'] as const).map((value) => ({
          value,
          label: t(`filing.relation.${value}`),
        }))}
      />
      <RadioGroup
        name="consentForm"
        label={t('filing.whoConsent')}
        value={draft.consentForm}
        onChange={(form) => update({ consentForm: form as FilingDraft['consentForm'] })}
        options={(['spoken', 'paper', 'guardian', 'not_possible'] as const).map((value) => ({
          value,
          label: t(`filing.consent.${value}`),
          hint: t(`filing.consentHint.${value}`),
        }))}
      />
      <TextArea
        name="consentNote"
        label={t('filing.whoNote')}
        optional={draft.consentForm !== 'not_possible'}
        most={300}
        rows={2}
        value={draft.consentNote}
        onChange={(consentNote) => update({ consentNote })}
      />
    </>
  );
}

/** Whoever has a wish that is open hears so before she writes another, not after the last question. */
function OpenWish() {
  const { t } = useTranslation('resident');
  const { session } = useSession();
  const mine = useRouteWhen(holds(session, 'need.own'), routes.need.mine, {
    query: { limit: 20 },
  });
  const open = mine.data?.items.find(
    (need) =>
      need.kind === 'micro_wish' && !need.isForAnother && openNeedStates.includes(need.state),
  );
  if (!open) return null;
  return (
    <Notice tone="warned" title={t('filing.wishOpen', { number: open.number })}>
      <p>{t('filing.wishOpenText')}</p>
      <ButtonLink to="/my/needs/$needId" params={{ needId: open.id }}>
        {t('filing.wishOpenSee')}
      </ButtonLink>
    </Notice>
  );
}

function What({ kind, other, draft, update }: QuestionProps) {
  const { t } = useTranslation('resident');
  const wish = kind === 'micro_wish';
  return (
    <>
      {wish && !other && <OpenWish />}
      <TextField
        name="title"
        label={t(wish ? 'filing.whatWish' : 'filing.whatHelp')}
        hint={t(wish ? 'filing.whatWishHint' : 'filing.whatHelpHint')}
        hideLabel
        maxLength={100}
        value={draft.title}
        onChange={(title) => update({ title })}
      />
      {wish && <p className="soft">{t('filing.whatWishRule')}</p>}
    </>
  );
}

function Amount({ kind, draft, update }: QuestionProps) {
  const { t } = useTranslation('resident');
  const wish = kind === 'micro_wish';
  return (
    <>
      {!draft.free && (
        <YuanField
          name="amountYuan"
          label={t(wish ? 'filing.amountWish' : 'filing.amountHelp')}
          hint={t(wish ? 'filing.amountWishHint' : 'filing.amountHelpHint')}
          hideLabel
          value={draft.amountYuan}
          onChange={(amountYuan) => update({ amountYuan })}
        />
      )}
      {wish && (
        <Checkbox
          name="free"
          boxed
          label={t('filing.amountNone')}
          checked={draft.free}
          onChange={(free) => update({ free })}
        />
      )}
    </>
  );
}

function Why({ kind, draft, update }: QuestionProps) {
  const { t } = useTranslation('resident');
  return (
    <TextArea
      name="story"
      label={t('filing.why')}
      hint={t(kind === 'micro_wish' ? 'filing.whyHint' : 'filing.whyHelpHint')}
      hideLabel
      rows={6}
      most={needKinds[kind].mostStoryCharacters}
      value={draft.story}
      onChange={(story) => update({ story })}
    />
  );
}

function Where({ other, draft, update }: QuestionProps) {
  const { t } = useTranslation('resident');
  return (
    <>
      <CommunityField value={draft.areaCode} onChange={(areaCode) => update({ areaCode })} />
      <TextField
        name="contactTelephone"
        type="tel"
        inputMode="tel"
        autoComplete="tel-national"
        label={t('filing.contact')}
        hint={t(other ? 'filing.contactOther' : 'filing.contactHint')}
        optional
        value={draft.contactTelephone}
        onChange={(contactTelephone) => update({ contactTelephone })}
      />
    </>
  );
}

function Photos({ kind, draft, update }: QuestionProps) {
  const { t } = useTranslation('resident');
  return (
    <PhotoField
      name="attachmentIds"
      label={t('filing.checkPhotos')}
      hint={t(kind === 'micro_wish' ? 'filing.photosWish' : 'filing.photosHelp')}
      value={draft.attachmentIds}
      onChange={(attachmentIds) => update({ attachmentIds })}
    />
  );
}

/** The question of each page; `check` and `done` have pages of their own. */
export const questions: Record<
  Exclude<FilingStep, 'check' | 'done'>,
  (props: QuestionProps) => ReactNode
> = { rules: Rules, who: Who, what: What, amount: Amount, why: Why, where: Where, photos: Photos };
