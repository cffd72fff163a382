import type { Language } from '@wennuan/contract';
import type { Proof } from './award.ts';

const WORDS: Record<Proof, { zh: string; en: string }> = {
  id_card: { zh: '身份证', en: 'ID card' },
  household_book: { zh: '户口簿', en: 'household book' },
  allowance_paper: { zh: '低保证或特困证', en: 'allowance paper' },
  disability_card: { zh: '残疾人证', en: 'disability card' },
  school_paper: { zh: '在读证明', en: 'paper of the school' },
  medical_paper: { zh: '诊断证明', en: 'diagnosis' },
  medical_bill: { zh: '医疗票据', en: 'medical bills' },
  veteran_card: { zh: '优抚证', en: 'veteran card' },
  work_paper: { zh: '困难职工档案或收入证明', en: 'paper of work or income' },
  bereavement_paper: { zh: '特扶证', en: 'bereavement paper' },
  bank_card: { zh: '本人银行卡', en: 'own bank card' },
};

/** A paper in words. */
export function proofWords(proof: Proof, language: Language): string {
  return WORDS[proof][language];
}
