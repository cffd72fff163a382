/** Words of paying for a gift. */
export const enPay = {
  pay: {
    title: 'Pay',
    description: 'Pay for a gift',
    way: 'How to pay',
    scan: 'Scan this code with {{channel}} to pay',
    codeAlt: 'Code for paying with {{channel}}',
    go: 'Pay with {{channel}}',
    sandbox: 'Sandbox: play the scan',
    sandboxLead:
      'The code of the demo moves no money. Press here instead of scanning it with WeChat.',
    waits: 'This page goes on by itself once you have paid.',
    until: 'Please pay before',
    ask: 'I have paid; please ask',
    asked: 'The channel has been asked; it will show here once it has come.',
    paid: 'It has come. Thank you.',
    over: 'The time for this payment is over, or it did not succeed. If nothing was charged, you can give again.',
    toGift: 'See this gift',
    tryAgain: 'Try again',
  },
} as const;
