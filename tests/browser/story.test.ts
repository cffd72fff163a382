// The whole story on one empty district, step by step: a wish comes true, and every fen of it can be traced.
import './story/0-open.ts';
import './story/1-ask.ts';
import './story/2-verify.ts';
import './story/3-give.ts';
import './story/4-deliver.ts';
import './story/5-help.ts';
import './story/6-trace.ts';
import './story/7-reach.ts';
import './story/8-outage.ts';
