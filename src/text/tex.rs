//! Simple formulas in TeX as plain Unicode: Greek letters, signs, raised and lowered figures,
//! fractions and roots. What is more than that stays as it was written.

use super::raised::{lowered, raised};

/// The longest formula that is looked at, in bytes.
const LONGEST: usize = 400;

/// How deep braces are read.
const DEEPEST: usize = 8;

/// Commands that stand for a sign.
const SIGNS: &[(&str, &str)] = &[
    ("alpha", "α"),
    ("beta", "β"),
    ("gamma", "γ"),
    ("delta", "δ"),
    ("epsilon", "ε"),
    ("varepsilon", "ε"),
    ("zeta", "ζ"),
    ("eta", "η"),
    ("theta", "θ"),
    ("vartheta", "ϑ"),
    ("iota", "ι"),
    ("kappa", "κ"),
    ("lambda", "λ"),
    ("mu", "μ"),
    ("nu", "ν"),
    ("xi", "ξ"),
    ("pi", "π"),
    ("rho", "ρ"),
    ("sigma", "σ"),
    ("tau", "τ"),
    ("upsilon", "υ"),
    ("phi", "φ"),
    ("varphi", "φ"),
    ("chi", "χ"),
    ("psi", "ψ"),
    ("omega", "ω"),
    ("Gamma", "Γ"),
    ("Delta", "Δ"),
    ("Theta", "Θ"),
    ("Lambda", "Λ"),
    ("Xi", "Ξ"),
    ("Pi", "Π"),
    ("Sigma", "Σ"),
    ("Phi", "Φ"),
    ("Psi", "Ψ"),
    ("Omega", "Ω"),
    ("times", " × "),
    ("cdot", "·"),
    ("div", " ÷ "),
    ("pm", "±"),
    ("mp", "∓"),
    ("sim", "~"),
    ("approx", " ≈ "),
    ("simeq", " ≃ "),
    ("equiv", " ≡ "),
    ("neq", " ≠ "),
    ("ne", " ≠ "),
    ("le", " ≤ "),
    ("leq", " ≤ "),
    ("ge", " ≥ "),
    ("geq", " ≥ "),
    ("ll", " ≪ "),
    ("gg", " ≫ "),
    ("lesssim", " ≲ "),
    ("gtrsim", " ≳ "),
    ("propto", " ∝ "),
    ("in", " ∈ "),
    ("notin", " ∉ "),
    ("subset", " ⊂ "),
    ("subseteq", " ⊆ "),
    ("cup", " ∪ "),
    ("cap", " ∩ "),
    ("to", " → "),
    ("rightarrow", " → "),
    ("leftarrow", " ← "),
    ("Rightarrow", " ⇒ "),
    ("leftrightarrow", " ↔ "),
    ("mapsto", " ↦ "),
    ("infty", "∞"),
    ("partial", "∂"),
    ("nabla", "∇"),
    ("sum", "∑"),
    ("prod", "∏"),
    ("int", "∫"),
    ("forall", "∀"),
    ("exists", "∃"),
    ("neg", "¬"),
    ("land", " ∧ "),
    ("lor", " ∨ "),
    ("oplus", " ⊕ "),
    ("otimes", " ⊗ "),
    ("circ", "°"),
    ("degree", "°"),
    ("prime", "′"),
    ("ell", "ℓ"),
    ("hbar", "ħ"),
    ("odot", "⊙"),
    ("star", "⋆"),
    ("langle", "⟨"),
    ("rangle", "⟩"),
    ("emptyset", "∅"),
    ("ldots", "…"),
    ("dots", "…"),
    ("cdots", "⋯"),
    ("quad", " "),
    ("qquad", " "),
    ("log", "log "),
    ("ln", "ln "),
    ("exp", "exp "),
    ("sin", "sin "),
    ("cos", "cos "),
    ("tan", "tan "),
    ("min", "min "),
    ("max", "max "),
    ("lim", "lim "),
    ("left", ""),
    ("right", ""),
    ("displaystyle", ""),
    ("textstyle", ""),
    ("rm", ""),
    ("bf", ""),
    ("it", ""),
];

/// Commands that only say how their words look.
const LOOKS: &[&str] = &[
    "mathrm",
    "text",
    "textrm",
    "textit",
    "textbf",
    "mathbf",
    "mathit",
    "mathcal",
    "mathsf",
    "operatorname",
    "boldsymbol",
    "mbox",
];

/// Letters with a doubled stroke.
const DOUBLE_STRUCK: &[(&str, &str)] =
    &[("R", "ℝ"), ("N", "ℕ"), ("Z", "ℤ"), ("Q", "ℚ"), ("C", "ℂ"), ("P", "ℙ"), ("F", "𝔽"), ("E", "𝔼"), ("H", "ℍ")];

/// A formula, without the signs around it, in plain Unicode; `None` where it holds anything that
/// cannot be said simply, or is longer than 400 bytes. Linear in its length.
#[must_use]
pub fn to_unicode(tex: &str) -> Option<String> {
    if tex.len() > LONGEST {
        return None;
    }
    let mut reader = Reader { rest: tex.trim() };
    let text = reader.sequence(false, 0)?;
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}

/// `text` with the formulas in it made plain: those between `\(` and `\)`, `\[` and `\]`, `$$`, and
/// those between single dollars that hold a command, a raised or a lowered part (which sums of money
/// do not). `None` where there is none. Linear in length.
#[must_use]
pub fn in_text(text: &str) -> Option<String> {
    if !text.contains(['$', '\\']) {
        return None;
    }
    let mut out = String::new();
    let (mut done, mut at) = (0, 0);
    while let Some(found) = text[at..].find(['$', '\\']) {
        let start = at + found;
        match formula(&text[start..]) {
            Some((length, plain)) => {
                out.push_str(&text[done..start]);
                out.push_str(&plain);
                (done, at) = (start + length, start + length);
            }
            // A doubled dollar that begins nothing is no single one, either.
            None => at = start + if text[start..].starts_with("$$") { 2 } else { 1 },
        }
    }
    if done == 0 {
        return None;
    }
    out.push_str(&text[done..]);
    Some(out)
}

/// The formula at the beginning of `text`: its length with the signs around it, and its plain form.
fn formula(text: &str) -> Option<(usize, String)> {
    for (open, close) in [("\\(", "\\)"), ("\\[", "\\]"), ("$$", "$$"), ("$", "$")] {
        let Some(rest) = text.strip_prefix(open) else { continue };
        let mut window = rest.len().min(LONGEST);
        while !rest.is_char_boundary(window) {
            window -= 1;
        }
        let end = rest[..window].find(close)?;
        let inside = &rest[..end];
        let money = open == "$"
            && (!inside.contains(['\\', '^', '_']) || inside.starts_with(' ') || inside.ends_with([' ', '\\']));
        if money {
            return None;
        }
        return Some((open.len() + end + close.len(), to_unicode(inside)?));
    }
    None
}

/// Reads a formula from its beginning on.
struct Reader<'t> {
    rest: &'t str,
}

impl Reader<'_> {
    fn next(&mut self) -> Option<char> {
        let c = self.rest.chars().next()?;
        self.rest = &self.rest[c.len_utf8()..];
        Some(c)
    }

    /// What follows, to the end or to the brace that closes.
    fn sequence(&mut self, braced: bool, depth: usize) -> Option<String> {
        if depth > DEEPEST {
            return None;
        }
        let mut out = String::new();
        while let Some(c) = self.next() {
            match c {
                '}' if braced => return Some(out),
                '}' | '&' | '#' | '%' | '$' => return None,
                '{' => out.push_str(&self.sequence(true, depth + 1)?),
                '^' => out.push_str(&raised(&self.argument(depth)?)),
                '_' => out.push_str(&lowered(&self.argument(depth)?)),
                '\\' => out.push_str(&self.command(depth)?),
                '~' => out.push(' '),
                '-' => out.push('−'),
                '\'' => out.push('′'),
                c if c.is_whitespace() => out.push(' '),
                c => out.push(c),
            }
        }
        (!braced).then_some(out)
    }

    /// What a command is about: the next sign, command, or what stands in braces.
    fn argument(&mut self, depth: usize) -> Option<String> {
        self.rest = self.rest.trim_start();
        match self.next()? {
            '{' => Some(self.sequence(true, depth + 1)?.trim().to_owned()),
            '\\' => Some(self.command(depth + 1)?.trim().to_owned()),
            '}' | '^' | '_' | '&' | '$' | '%' => None,
            '-' => Some("−".to_owned()),
            c => Some(c.to_string()),
        }
    }

    /// What follows a backslash.
    fn command(&mut self, depth: usize) -> Option<String> {
        if depth > DEEPEST {
            return None;
        }
        let name = &self.rest[..self.rest.bytes().take_while(u8::is_ascii_alphabetic).count()];
        if name.is_empty() {
            return Some(match self.next()? {
                ',' | ';' | ':' | ' ' => " ".to_owned(),
                '!' => String::new(),
                c @ ('{' | '}' | '%' | '$' | '&' | '#' | '_' | '|') => c.to_string(),
                _ => return None,
            });
        }
        self.rest = &self.rest[name.len()..];
        if let Some((_, sign)) = SIGNS.iter().find(|(known, _)| *known == name) {
            // The space behind a command only ends its name.
            self.rest = self.rest.trim_start();
            return Some((*sign).to_owned());
        }
        match name {
            "frac" | "dfrac" | "tfrac" => {
                let (above, below) = (self.argument(depth)?, self.argument(depth)?);
                Some(format!("{}/{}", grouped(&above), grouped(&below)))
            }
            "sqrt" => {
                let root = self.argument(depth)?;
                Some(format!("√{}", rooted(&root)))
            }
            "mathbb" => {
                let letter = self.argument(depth)?;
                let struck = DOUBLE_STRUCK.iter().find(|(plain, _)| *plain == letter).map(|(_, form)| *form);
                Some(struck.map_or(letter, str::to_owned))
            }
            _ if LOOKS.contains(&name) => self.argument(depth),
            _ => None,
        }
    }
}

/// Above or below the line of a fraction: in brackets, unless it is one letter, a figure, or a root
/// of such.
pub(crate) fn grouped(text: &str) -> String {
    let inner = text.strip_prefix('√').unwrap_or(text);
    let simple = text.chars().nth(1).is_none() || inner.chars().all(|c| c.is_alphanumeric() || c == '.');
    if simple { text.to_owned() } else { format!("({text})") }
}

/// Under a root: in brackets, unless it is one letter (with an index, perhaps) or a figure. What is
/// raised behind a root without brackets could be the root itself.
pub(crate) fn rooted(text: &str) -> String {
    let mut rest = text.chars();
    let letter = rest.next().is_some() && rest.all(|c| matches!(c, '\u{2080}'..='\u{209c}' | 'ᵢ' | 'ⱼ'));
    let figure = text.chars().all(|c| c.is_ascii_digit() || c == '.');
    if letter || figure { text.to_owned() } else { format!("({text})") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn simple_formulas_become_plain() {
        for (tex, plain) in [
            ("x^2 + y^{2}", "x² + y²"),
            (r"\alpha_{ij} \leq \beta", "αᵢⱼ ≤ β"),
            (r"10^{-3}\,\mathrm{m}", "10⁻³ m"),
            (r"\frac{1}{2}mv^2", "1/2mv²"),
            (r"\frac{a+b}{2}", "(a+b)/2"),
            (r"\sqrt{x+1} \to \infty", "√(x+1) → ∞"),
            (r"\sqrt{x^2} + \sqrt{12} + \sqrt{x_1}", "√(x²) + √12 + √x₁"),
            (r"\frac{\sqrt{\pi}}{2}", "√π/2"),
            (r"\mathbb{R}^n", "ℝⁿ"),
            (r"50\%", "50%"),
            (r"z \sim 7", "z ~7"),
        ] {
            assert_eq!(to_unicode(tex).as_deref(), Some(plain), "{tex}");
        }
        for hard in [r"\begin{matrix} a & b \end{matrix}", "{a", "a}", r"\unknown{x}", "^", ""] {
            assert_eq!(to_unicode(hard), None, "{hard}");
        }
    }

    #[test]
    fn formulas_are_told_from_money() {
        for (text, plain) in [
            (r"a mass of $10^{12} M_\odot$ at $z=2$", Some("a mass of 10¹² M_⊙ at $z=2$")),
            (r"where \(x_1\) is", Some("where x₁ is")),
            ("$$E = mc^2$$", Some("E = mc²")),
            ("It cost $5 and then $10_000 or so", None),
            ("from $5_ to $6", None),
            (r"C:\new\folder", None),
            ("$", None),
            ("$$", None),
        ] {
            assert_eq!(in_text(text).as_deref(), plain, "{text}");
        }
    }

    proptest! {
        #[test]
        fn anything_can_be_read(text in "[\\\\${}()^_a-zé ]{0,60}") {
            let _ = (to_unicode(&text), in_text(&text));
        }
    }
}
