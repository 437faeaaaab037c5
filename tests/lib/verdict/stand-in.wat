;; A stand-in for a verdict contract on a real chain: it stores what it is told to, under the key that it is
;; told, so that tests can answer honestly and maliciously. `causes` reads its records raw. Its one message
;; is a JSON string of two hexadecimal parts, "key:record"; an empty record removes what is there.
(module
  (import "env" "db_write" (func $db_write (param i32 i32)))
  (import "env" "db_remove" (func $db_remove (param i32)))
  (memory (export "memory") 8)
  (global $free (mut i32) (i32.const 4096))

  ;; A region: where, how much fits, how much there is. This one is the answer to every call.
  (data (i32.const 16) "\40\00\00\00\3e\00\00\00\3e\00\00\00")
  (data (i32.const 64) "{\"ok\":{\"messages\":[],\"attributes\":[],\"events\":[],\"data\":null}}")

  (func (export "interface_version_8"))

  (func $allocate (export "allocate") (param $size i32) (result i32)
    (local $region i32)
    (local.set $region (global.get $free))
    (i32.store (local.get $region) (i32.add (local.get $region) (i32.const 12)))
    (i32.store offset=4 (local.get $region) (local.get $size))
    (i32.store offset=8 (local.get $region) (i32.const 0))
    (global.set $free (i32.add (i32.add (local.get $region) (i32.const 12)) (local.get $size)))
    (local.get $region))

  (func (export "deallocate") (param i32))

  (func (export "instantiate") (param i32 i32 i32) (result i32) (i32.const 16))

  ;; The value of a lower-case hexadecimal digit, or 16 of anything else.
  (func $digit (param $c i32) (result i32)
    (if (result i32) (i32.lt_u (i32.sub (local.get $c) (i32.const 48)) (i32.const 10))
      (then (i32.sub (local.get $c) (i32.const 48)))
      (else
        (if (result i32) (i32.lt_u (i32.sub (local.get $c) (i32.const 97)) (i32.const 6))
          (then (i32.sub (local.get $c) (i32.const 87)))
          (else (i32.const 16))))))

  ;; Decodes digits at $from into a region until there are no more of them; returns where they end.
  (func $decode (param $from i32) (param $region i32) (result i32)
    (local $high i32) (local $n i32)
    (block $end
      (loop $next
        (local.set $high (call $digit (i32.load8_u (local.get $from))))
        (br_if $end (i32.eq (local.get $high) (i32.const 16)))
        (i32.store8
          (i32.add (i32.load (local.get $region)) (local.get $n))
          (i32.or (i32.shl (local.get $high) (i32.const 4)) (call $digit (i32.load8_u offset=1 (local.get $from)))))
        (local.set $n (i32.add (local.get $n) (i32.const 1)))
        (local.set $from (i32.add (local.get $from) (i32.const 2)))
        (br $next)))
    (i32.store offset=8 (local.get $region) (local.get $n))
    (local.get $from))

  (func (export "execute") (param $env i32) (param $info i32) (param $msg i32) (result i32)
    (local $key i32) (local $record i32)
    (local.set $key (call $allocate (i32.load offset=8 (local.get $msg))))
    (local.set $record (call $allocate (i32.load offset=8 (local.get $msg))))
    ;; Behind the quote, and behind the colon.
    (drop (call $decode
      (i32.add (call $decode (i32.add (i32.load (local.get $msg)) (i32.const 1)) (local.get $key)) (i32.const 1))
      (local.get $record)))
    (if (i32.load offset=8 (local.get $record))
      (then (call $db_write (local.get $key) (local.get $record)))
      (else (call $db_remove (local.get $key))))
    (i32.const 16))
)
