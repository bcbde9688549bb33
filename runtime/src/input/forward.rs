//! What a deserializer around another one passes on: everything that is no name and has no fields, and what it lists beside that.
//! Serde has a macro that sends all to one method, and none that leaves each what it is.

macro_rules! as_it_is {
    ($from:tt; $($more:tt)*) => {
        crate::input::forward::as_it_is! {
            @ $from
            deserialize_bool() deserialize_i8() deserialize_i16() deserialize_i32() deserialize_i64() deserialize_i128() deserialize_u8()
            deserialize_u16() deserialize_u32() deserialize_u64() deserialize_u128() deserialize_f32() deserialize_f64()
            deserialize_char() deserialize_str() deserialize_string() deserialize_bytes() deserialize_byte_buf() deserialize_option()
            deserialize_unit() deserialize_unit_struct(name: &'static str) deserialize_newtype_struct(name: &'static str)
            deserialize_seq() deserialize_tuple(length: usize) deserialize_tuple_struct(name: &'static str, length: usize)
            deserialize_map() deserialize_ignored_any() $($more)*
        }
    };
    (@ $from:tt $($method:ident($($argument:ident: $type:ty),*))*) => {$(
        fn $method<V: Visitor<'de>>(self, $($argument: $type,)* visitor: V) -> Result<V::Value, D::Error> {
            self.$from.$method($($argument,)* visitor)
        }
    )*};
}

pub(super) use as_it_is;
