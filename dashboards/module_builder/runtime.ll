; What compiled kernels ask of their surroundings: scratch memory, which ends with the entry that took it, and wide products.
; A record of an allocation is read by numba at fixed places: its count at byte 0, the address of its data at byte 24.

@scratch = global i32 0

define void @scratch_from(i32 %address) {
  store i32 %address, ptr @scratch
  ret void
}

define ptr @NRT_MemInfo_alloc_aligned(i64 %size, i32 %align) {
  %free = load i32, ptr @scratch
  %up = add i32 %free, 15
  %record = and i32 %up, -16
  %data = add i32 %record, 48
  %short = trunc i64 %size to i32
  %end = add i32 %data, %short
  store i32 %end, ptr @scratch
  %pages = call i32 @llvm.wasm.memory.size.i32(i32 0)
  %have = shl i32 %pages, 16
  %enough = icmp ule i32 %end, %have
  br i1 %enough, label %done, label %grow
grow:
  %more = sub i32 %end, %have
  %rounded = add i32 %more, 65535
  %wanted = lshr i32 %rounded, 16
  %was = call i32 @llvm.wasm.memory.grow.i32(i32 0, i32 %wanted)
  %failed = icmp eq i32 %was, -1
  br i1 %failed, label %none, label %done
none:
  call void @llvm.trap()
  unreachable
done:
  %at = inttoptr i32 %record to ptr
  store i64 1, ptr %at
  %place = getelementptr i8, ptr %at, i32 24
  store i32 %data, ptr %place
  ret ptr %at
}

define void @NRT_incref(ptr %record) {
  ret void
}

define void @NRT_decref(ptr %record) {
  ret void
}

; The 128 bits of a product of two numbers of 128 bits, as the compiler's own library would have it.
define void @__multi3(ptr %out, i64 %a, i64 %a_high, i64 %b, i64 %b_high) {
  %al = and i64 %a, 4294967295
  %ah = lshr i64 %a, 32
  %bl = and i64 %b, 4294967295
  %bh = lshr i64 %b, 32
  %ll = mul i64 %al, %bl
  %lh = mul i64 %al, %bh
  %hl = mul i64 %ah, %bl
  %hh = mul i64 %ah, %bh
  %ll_high = lshr i64 %ll, 32
  %lh_low = and i64 %lh, 4294967295
  %hl_low = and i64 %hl, 4294967295
  %mid1 = add i64 %ll_high, %lh_low
  %mid = add i64 %mid1, %hl_low
  %ll_low = and i64 %ll, 4294967295
  %mid_up = shl i64 %mid, 32
  %low = or i64 %mid_up, %ll_low
  %mid_high = lshr i64 %mid, 32
  %lh_high = lshr i64 %lh, 32
  %hl_high = lshr i64 %hl, 32
  %h1 = add i64 %hh, %lh_high
  %h2 = add i64 %h1, %hl_high
  %h3 = add i64 %h2, %mid_high
  %cross1 = mul i64 %a_high, %b
  %cross2 = mul i64 %a, %b_high
  %h4 = add i64 %h3, %cross1
  %high = add i64 %h4, %cross2
  store i64 %low, ptr %out
  %second = getelementptr i64, ptr %out, i32 1
  store i64 %high, ptr %second
  ret void
}

declare i32 @llvm.wasm.memory.size.i32(i32)
declare i32 @llvm.wasm.memory.grow.i32(i32, i32)
declare void @llvm.trap()
