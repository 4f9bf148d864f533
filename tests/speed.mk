# speed.mk - what was made when the program was built, and that nothing grows with the square.
.PHONY: test-speed
test-speed: all
	$(Q)sh tests/speed/bundle.sh $B
	$(Q)if command -v python3 >/dev/null; then python3 tests/speed/doubling.py $B; \
	  else echo "not tried: instructions of twice as much (apt install python3)"; fi
