# speed.mk - what was made when the program was built, and that nothing grows with the square.
.PHONY: test-speed
test-speed: all
	$(Q)sh tests/speed/bundle.sh $B
