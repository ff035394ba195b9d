import { execFile } from 'node:child_process';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { cached } from '../cache.ts';

const weights = ['400Regular', '700Bold'];

/** The environment that lets a Linux browser show Korean: nothing where a font is installed, else a fontconfig folder of ours. */
export async function koreanFonts(modules: string): Promise<Record<string, string>> {
  if (process.platform !== 'linux' || (await hasKoreanFont())) return {};
  const source = path.join(modules, '@expo-google-fonts/noto-sans-kr');
  const folder = await cached('fonts', source + configuration, async (temporary) => {
    await mkdir(path.join(temporary, 'fonts'));
    for (const weight of weights) {
      const name = `NotoSansKR_${weight}.ttf`;
      await copyFile(path.join(source, weight, name), path.join(temporary, 'fonts', name));
    }
    await writeFile(path.join(temporary, 'fonts.conf'), configuration);
  });
  return { FONTCONFIG_FILE: path.join(folder, 'fonts.conf') };
}

async function hasKoreanFont(): Promise<boolean> {
  try {
    const { stdout } = await promisify(execFile)('fc-list', [':lang=ko', 'family']);
    return stdout.trim() !== '';
  } catch {
    // no fontconfig tools: as good as no font
    return false;
  }
}

const families = ['sans-serif', 'system-ui'].map(
  (family) => `<alias><family>${family}</family><prefer><family>Noto Sans KR</family></prefer></alias>`,
);
const configuration = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  ${families.join('')}
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir prefix="relative">fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
`;
