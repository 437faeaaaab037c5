//! The few types of the chain's library that messages hold.

use cosmwasm_std::{Addr, Coin, HexBinary, Uint128, Uint256};

use super::read::{BadJson, Empty, Read, Reader};
use super::table::json_object;
use super::write::{Write, Writer};

type Result<T> = core::result::Result<T, Box<BadJson>>;

impl Empty for Addr {
    fn empty() -> Self {
        Self::unchecked(String::new())
    }
}

/// Only for what the chain itself tells: nothing is checked.
impl Read for Addr {
    fn read(&mut self, from: &mut Reader<'_>) -> Result<()> {
        *self = Self::unchecked(from.string()?);
        Ok(())
    }
}

impl Empty for Uint256 {
    fn empty() -> Self {
        Self::zero()
    }
}

impl Read for Uint256 {
    fn read(&mut self, from: &mut Reader<'_>) -> Result<()> {
        *self = from.string_as("a decimal number below 2^256 in quotes", decimal)?;
        Ok(())
    }
}

/// A decimal number, digit by digit over the bytes: the library's own arithmetic of 256 bits
/// would be the only use of it in a contract.
fn decimal(text: &str) -> Option<Uint256> {
    let mut bytes = [0_u8; 32];
    for digit in text.bytes() {
        let mut carry = u16::from(digit.checked_sub(b'0').filter(|d| *d < 10)?);
        for byte in bytes.iter_mut().rev() {
            let sum = u16::from(*byte).wrapping_mul(10).wrapping_add(carry);
            (*byte, carry) = (sum.to_le_bytes()[0], sum >> 8);
        }
        if carry > 0 {
            return None;
        }
    }
    (!text.is_empty()).then(|| Uint256::from_be_bytes(bytes))
}

impl Write for Uint256 {
    fn write(&self, to: &mut Writer) {
        let mut bytes = self.to_be_bytes();
        let mut digits = Vec::new();
        while digits.is_empty() || bytes != [0; 32] {
            let mut rest = 0_u16;
            for byte in &mut bytes {
                let value = (rest << 8) | u16::from(*byte);
                (*byte, rest) = ((value / 10).to_le_bytes()[0], value % 10);
            }
            digits.push(b'0' | rest.to_le_bytes()[0]);
        }
        to.raw("\"");
        for digit in digits.iter().rev() {
            to.raw(char::from(*digit).encode_utf8(&mut [0]));
        }
        to.raw("\"");
    }
}

impl Empty for Uint128 {
    fn empty() -> Self {
        Self::zero()
    }
}

impl Read for Uint128 {
    fn read(&mut self, from: &mut Reader<'_>) -> Result<()> {
        *self = from.string_as("a decimal number below 2^128 in quotes", |text| {
            Self::try_from(decimal(text)?).ok()
        })?;
        Ok(())
    }
}

impl Write for Uint128 {
    fn write(&self, to: &mut Writer) {
        Uint256::from(*self).write(to);
    }
}

impl Empty for HexBinary {
    fn empty() -> Self {
        Self::default()
    }
}

impl Read for HexBinary {
    fn read(&mut self, from: &mut Reader<'_>) -> Result<()> {
        *self = from.string_as("hexadecimal digits, two a byte, in quotes", |text| {
            let digit = |d: u8| {
                char::from(d)
                    .to_digit(16)
                    .and_then(|d| u8::try_from(d).ok())
            };
            let pairs = text.as_bytes().chunks(2).map(|pair| match pair {
                [high, low] => Some((digit(*high)? << 4) | digit(*low)?),
                _ => None,
            });
            pairs.collect::<Option<Vec<u8>>>().map(Self::from)
        })?;
        Ok(())
    }
}

impl Write for HexBinary {
    fn write(&self, to: &mut Writer) {
        to.string(&super::hex(self.as_slice()));
    }

    fn is_empty(&self) -> bool {
        self.as_slice().is_empty()
    }
}

json_object!(read write Coin { denom, amount });
