import TOMLKit
import ServiceLifecycle
import ArgumentParser
print("x")
