import { JarvisError } from '../../core/errors.ts';

/** What may stand for a placeholder; lists only where the language has them in one line. */
export type Value = string | readonly string[];

/**
 * Replaces each `__NAME__` of a template, which stands for a whole scalar, by the value as a literal of the file's
 * language. So templates are themselves files that the language's tools read, and no value ends its literal.
 * @param path decides on the language by its ending: `.tf` and `.tfvars` are HCL, everything else YAML
 * @throws JarvisError setUp.badTemplate for a placeholder without a value
 */
export function fill(template: string, path: string, values: Readonly<Record<string, Value>>): string {
  const literal = /\.(tf|tfvars)$/.test(path) ? inHcl : inYaml;
  return template.replaceAll(/\b__([A-Z][A-Z_]*?)__\b/g, (placeholder, name: string) => {
    const value = values[name];
    if (value === undefined) throw badTemplate(path, placeholder);
    return typeof value === 'string' ? literal(value) : `[${value.map(literal).join(', ')}]`;
  });
}

/** Single-quoted: nothing in it has a meaning but the quote, which is doubled. Source: YAML 1.2.2, 7.3.2. */
function inYaml(value: string): string {
  return `'${onOneLine(value).replaceAll("'", "''")}'`;
}

/** Source: HCL native syntax specification, "Template Expressions": `$${` and `%%{` are the literal sequences. */
function inHcl(value: string): string {
  return JSON.stringify(onOneLine(value)).replaceAll(/[$%](?=\{)/g, (sign) => sign + sign);
}

function onOneLine(value: string): string {
  if (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(value))
    throw new JarvisError({ code: 'setUp.badValue', message: JSON.stringify(value) });
  return value;
}

function badTemplate(path: string, placeholder: string): JarvisError {
  return new JarvisError({ code: 'setUp.badTemplate', message: `${path}: ${placeholder}` });
}
