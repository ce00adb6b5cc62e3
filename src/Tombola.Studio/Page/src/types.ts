// What the server sends; the names are those of the files in run folders.

export type Spread = { mean: number; min: number; max: number };
export type Verdict = 'winning' | 'matching' | 'losing';
export type RunState = 'running' | 'finished' | 'interrupted' | 'failed' | 'stalled';

export type StagePoint = { done: number; value: number };
export type RunningStage = {
  stage: string; label: string; done: number; total: number; detail: string; points: StagePoint[];
};
export type RunStatus = {
  state: string; process: number; machine: string; started: string; updated: string; trainings: number; ended: number;
  fraction: number; seconds_left?: number; stages: RunningStage[];
};
export type BestTicket = {
  verdict: Verdict; level: number; density: number; weights_remaining: number; accuracy: number;
};
export type RunCard = {
  id: string; name: string; kind: string; description: string; state: RunState; model: string; data: string;
  trials: number; levels: number; variants: number; updated: string; version: string; results_version: string;
  status?: RunStatus; best?: BestTicket; dense_accuracy?: number; problem?: string;
};

export type LevelSummary = {
  branch: string; level: number; weights_remaining: number; weights_total: number; density: number; trials: number;
  failed: number; early_stop_step?: Spread; early_stop_test_accuracy?: Spread; final_test_accuracy?: Spread;
  final_train_accuracy?: Spread; seconds?: Spread; verdict?: Verdict;
};
export type RunSummary = {
  experiment: string; levels: LevelSummary[]; smallest_winning_ticket?: LevelSummary;
  smallest_matching_ticket?: LevelSummary; variants: RunSummary[];
};
export type Proportion = { successes: number; trials: number; rate: number; low: number; high: number };
export type XorRow = {
  strategy: string; hidden: number; units: number; decision_boundary?: Proportion; zero_loss?: Proportion;
  mean_loss?: number; status: string;
};
export type RunDetails = {
  card: RunCard; command: string; recipe?: object; summary?: RunSummary; xor?: { rows: XorRow[] };
};
export type FigureData = {
  name: string; title: string; caption: string; specification: Record<string, unknown>;
};

export type Training = {
  stage: string; experiment: string; branch: string; trial: number; level: number; weights_remaining: number;
  weights_total: number; density: number; early_stop_test: number; final_test: number;
};
export type Layer = { name: string; shape: number[]; survivors: number; weights: number };
export type TicketDetails = { training: Training; layers: Layer[]; figures: FigureData[] };
export type TicketSpeed = { dense_ms: number; ticket_ms: number; dense_bytes: number; ticket_bytes: number };

export type StepTiming = {
  model: string; density: number; ms_per_step: number; flops_per_step: number; peak_fraction: number;
  state_bytes: number;
};
export type Machine = {
  name: string; processor: string; cores: number; vector_bits: number; memory: number; system: string; runtime: string;
  speed?: {
    peak: number; timings: StepTiming[]; break_even: { layer: string; density: number }[]; figure: FigureData;
  };
};

export type XorUnit = { first: number; second: number; bias: number; out: number };
export type XorFrame = { step: number; loss: number; probabilities: number[]; units: XorUnit[]; field: string };
export type XorTrace = { frames: XorFrame[]; scores: number[]; learnt: boolean };

export type DigitNetwork = {
  id: string; name: string; data: string;
  tickets: { stage: string; level: number; density: number; accuracy: number }[];
};
export type DigitReading = { probabilities: number[]; weights: number; microseconds: number };
export type DigitAnswer = { dense: DigitReading; ticket: DigitReading };
