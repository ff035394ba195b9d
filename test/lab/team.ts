/** What the lab's team has for each remedy: its workflow, and its function. */
export const teamWorkflows = {
  scaleHpa: 'scale.yml',
  restart: 'restart.yml',
  rollback: 'rollback.yml',
  switchWaf: 'update-waf.yml',
} as const;
export const teamFunctions = {
  scaleHpa: 'jarvis-scale',
  restart: 'jarvis-restart',
  rollback: 'jarvis-rollback',
  switchWaf: 'jarvis-update-waf',
} as const;
