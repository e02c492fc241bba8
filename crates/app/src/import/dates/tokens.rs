//! A cell cut into digits, words and signs, and a cursor that eats them. White space is a token of its own, since
//! `04/23/ 10:00` lacks a year while `04/23/10` has one.

/// A piece of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// ASCII digits.
    Digits(&'a str),
    /// Letters of any alphabet, with no dots.
    Word(&'a str),
    /// Anything else, white space included.
    Sign(char),
}

/// Eats tokens from the front.
pub(super) struct Cursor<'a> {
    rest: &'a str,
}

impl<'a> Cursor<'a> {
    /// Starts at the first character; the text is in lower case and its white space single.
    pub(super) fn new(text: &'a str) -> Self {
        Self { rest: text }
    }

    /// Whether nothing is left.
    pub(super) fn is_done(&self) -> bool {
        self.rest.is_empty()
    }

    /// The next token, left in place.
    pub(super) fn peek(&self) -> Option<Token<'a>> {
        let first = self.rest.chars().next()?;
        let run =
            |is: fn(char) -> bool| self.rest.find(|c| !is(c)).map_or(self.rest, |end| &self.rest[..end]);
        Some(match first {
            '0'..='9' => Token::Digits(run(|c| c.is_ascii_digit())),
            _ if first.is_alphabetic() => Token::Word(run(char::is_alphabetic)),
            _ => Token::Sign(first),
        })
    }

    /// The next token.
    pub(super) fn next(&mut self) -> Option<Token<'a>> {
        let token = self.peek()?;
        let length = match token {
            Token::Digits(text) | Token::Word(text) => text.len(),
            Token::Sign(sign) => sign.len_utf8(),
        };
        self.rest = &self.rest[length..];
        Some(token)
    }

    /// Drops the next token.
    pub(super) fn step(&mut self) {
        self.next();
    }

    /// Drops the next token and hands the value on.
    pub(super) fn step_to<T>(&mut self, value: T) -> T {
        self.step();
        value
    }

    /// Whether the next character is this one.
    pub(super) fn at(&self, sign: char) -> bool {
        self.rest.starts_with(sign)
    }

    fn eat(&mut self, sign: char) -> bool {
        let here = self.at(sign);
        if here {
            self.step();
        }
        here
    }

    /// Drops white space.
    pub(super) fn skip_spaces(&mut self) {
        while self.eat(' ') {}
    }

    /// Drops this word.
    pub(super) fn skip_word(&mut self, word: &str) {
        let before = self.rest;
        self.skip_spaces();
        if self.peek() == Some(Token::Word(word)) {
            self.step();
        } else {
            self.rest = before;
        }
    }

    /// Drops `Tuesday,` and its like, in English and Welsh.
    pub(super) fn skip_weekday(&mut self) {
        let Some(Token::Word(word)) = self.peek() else { return };
        if word == "dydd" {
            self.step();
            self.skip_spaces();
            self.step();
        } else if ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].iter().any(|day| word.starts_with(day)) {
            self.step();
        }
        self.eat('.');
        self.eat(',');
        self.skip_spaces();
    }

    /// Drops `st`, `nd`, `rd`, `th`, and `of`.
    pub(super) fn skip_ordinal(&mut self) {
        if let Some(Token::Word("st" | "nd" | "rd" | "th")) = self.peek() {
            self.step();
        }
        self.skip_word("of");
    }

    /// Drops one separator with white space on either side.
    pub(super) fn skip_separator(&mut self) {
        self.skip_spaces();
        let _ = self.eat('/') || self.eat('-') || self.eat('.') || self.eat(',');
        self.skip_spaces();
    }

    /// Drops a separator that the year follows at once, or that stands with a space on both sides; says whether it did.
    pub(super) fn skip_tight_separator(&mut self) -> bool {
        let spaced = self.at(' ');
        self.skip_spaces();
        let found = self.eat('/') || self.eat('-') || self.eat('.');
        if spaced && found {
            self.skip_spaces();
        }
        found
    }

    /// Drops the apostrophe of '26.
    pub(super) fn skip_apostrophe(&mut self) {
        let _ = self.eat('\'') || self.eat('’');
    }

    /// Drops what stands between a date and a time.
    pub(super) fn skip_before_time(&mut self) {
        self.skip_spaces();
        self.eat(',');
        for word in ["at", "by", "t"] {
            self.skip_word(word);
        }
        self.skip_spaces();
    }

    /// The minutes or seconds after a colon (or a point with two digits, `9.30`).
    pub(super) fn part_of_time(&mut self) -> Option<u32> {
        let tail = self.rest.strip_prefix(':').or_else(|| self.rest.strip_prefix('.'))?;
        let mut after = Cursor::new(tail);
        match after.next() {
            Some(Token::Digits(digits)) if digits.len() == 2 => {
                self.rest = after.rest;
                digits.parse().ok()
            }
            _ => None,
        }
    }

    /// Drops fractions of a second.
    pub(super) fn skip_fraction(&mut self) {
        let Some(tail) = self.rest.strip_prefix('.') else { return };
        let mut after = Cursor::new(tail);
        if let Some(Token::Digits(_)) = after.next() {
            self.rest = after.rest;
        }
    }

    /// `am`, `a.m.`, `PM`: whether it is after noon.
    pub(super) fn half_of_day(&mut self) -> Option<bool> {
        let tail = self.rest.trim_start();
        let (forms, after_noon) = if tail.starts_with('p') {
            (["p.m.", "p.m", "pm"], true)
        } else {
            (["a.m.", "a.m", "am"], false)
        };
        let rest = forms.iter().find_map(|form| tail.strip_prefix(form))?;
        if rest.starts_with(char::is_alphanumeric) {
            return None;
        }
        self.rest = rest;
        Some(after_noon)
    }

    /// `+01:00`, `-0500`.
    pub(super) fn offset(&mut self) -> Option<String> {
        let sign = ['+', '-'].into_iter().find(|sign| self.at(*sign))?;
        let digits: String = self.rest[1..].chars().filter(|c| *c != ':').collect();
        let shaped = self.rest[1..].len() == 5 || self.rest[1..].len() == 4;
        if !shaped || digits.len() != 4 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        self.rest = "";
        Some(format!("{sign}{}:{}", &digits[..2], &digits[2..]))
    }

    /// Drops a full stop and white space at the end.
    pub(super) fn skip_filler(&mut self) {
        self.skip_spaces();
        self.eat('.');
        self.skip_spaces();
    }
}
