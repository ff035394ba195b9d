export type ThemeName = 'dark' | 'light' | 'hc' | 'hc-light';

/** The variables that VS Code's default themes set, as far as the pages use them. */
const themes: Readonly<
  Record<ThemeName, { readonly class: string; readonly variables: Readonly<Record<string, string>> }>
> = {
  dark: {
    class: 'vscode-dark',
    variables: {
      'editor-foreground': '#cccccc',
      descriptionForeground: '#9d9d9d',
      'editor-background': '#1f1f1f',
      'panel-border': '#2b2b2b',
      'charts-purple': '#b180d7',
      'charts-green': '#89d185',
      'charts-orange': '#d18616',
      'charts-red': '#f14c4c',
      'charts-blue': '#3794ff',
      'charts-yellow': '#cca700',
      'textLink-foreground': '#4daafc',
      focusBorder: '#0078d4',
      'button-background': '#0078d4',
      'button-foreground': '#ffffff',
      'button-hoverBackground': '#026ec1',
      'button-secondaryBackground': '#313131',
      'button-secondaryForeground': '#cccccc',
      'button-secondaryHoverBackground': '#3c3c3c',
      'input-background': '#313131',
      'input-foreground': '#cccccc',
      'input-border': '#3c3c3c',
      errorForeground: '#f85149',
    },
  },
  light: {
    class: 'vscode-light',
    variables: {
      'editor-foreground': '#3b3b3b',
      descriptionForeground: '#616161',
      'editor-background': '#ffffff',
      'panel-border': '#e5e5e5',
      'charts-purple': '#652d90',
      'charts-green': '#388a34',
      'charts-orange': '#d18616',
      'charts-red': '#e51400',
      'charts-blue': '#0063d3',
      'charts-yellow': '#bf8803',
      'textLink-foreground': '#005fb8',
      focusBorder: '#005fb8',
      'button-background': '#005fb8',
      'button-foreground': '#ffffff',
      'button-hoverBackground': '#0258a8',
      'button-secondaryBackground': '#e5e5e5',
      'button-secondaryForeground': '#3b3b3b',
      'button-secondaryHoverBackground': '#cccccc',
      'input-background': '#ffffff',
      'input-foreground': '#3b3b3b',
      'input-border': '#cecece',
      errorForeground: '#f85149',
    },
  },
  hc: {
    class: 'vscode-high-contrast',
    variables: {
      'editor-foreground': '#ffffff',
      descriptionForeground: 'rgba(255, 255, 255, 0.7)',
      'editor-background': '#000000',
      'panel-border': '#6fc3df',
      contrastBorder: '#6fc3df',
      contrastActiveBorder: '#f38518',
      'charts-purple': '#b180d7',
      'charts-green': '#89d185',
      'charts-orange': '#d18616',
      'charts-red': '#f48771',
      'charts-blue': '#3794ff',
      'charts-yellow': '#cca700',
      'textLink-foreground': '#21a6ff',
      focusBorder: '#f38518',
      'button-background': '#000000',
      'button-foreground': '#ffffff',
      'button-secondaryBackground': '#000000',
      'button-secondaryForeground': '#ffffff',
      'input-background': '#000000',
      'input-foreground': '#ffffff',
      'input-border': '#6fc3df',
      errorForeground: '#f48771',
    },
  },
  'hc-light': {
    class: 'vscode-high-contrast vscode-high-contrast-light',
    variables: {
      'editor-foreground': '#292929',
      descriptionForeground: 'rgba(41, 41, 41, 0.7)',
      'editor-background': '#ffffff',
      'panel-border': '#0f4a85',
      contrastBorder: '#0f4a85',
      contrastActiveBorder: '#006bbd',
      'charts-purple': '#652d90',
      'charts-green': '#374e06',
      'charts-orange': '#7a4a00',
      'charts-red': '#b5200d',
      'charts-blue': '#0063d3',
      'charts-yellow': '#695f1e',
      'textLink-foreground': '#0f4a85',
      focusBorder: '#006bbd',
      'button-background': '#0f4a85',
      'button-foreground': '#ffffff',
      'button-secondaryBackground': '#ffffff',
      'button-secondaryForeground': '#0f4a85',
      'input-background': '#ffffff',
      'input-foreground': '#292929',
      'input-border': '#0f4a85',
      errorForeground: '#b5200d',
    },
  },
};

export function themeClass(theme: ThemeName): string {
  return themes[theme].class;
}

export function themeCss(theme: ThemeName): string {
  const lines = Object.entries(themes[theme].variables).map(([name, value]) => `--vscode-${name}: ${value};`);
  return `html { ${lines.join(' ')} --vscode-font-family: system-ui, 'Noto Sans KR', sans-serif; --vscode-font-size: 13px; }`;
}
